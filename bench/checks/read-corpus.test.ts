import { expect, it } from 'vitest';
import { readCases, readCorpus } from './read-corpus.ts';

const [one, two] = readCases(
  'x.txt',
  `== cors-wildcard csp-missing | two faults
200
!Content-Security-Policy
Access-Control-Allow-Origin: *
Content-Type: text/html

<p>
== | nothing x2
GET /a?{i}
Authorization: Bearer {jwt}
---
204
`,
  7,
);

it('reads labels, takes fields away and adds what is as it should be', () => {
  expect(one).toMatchObject({
    title: 'two faults',
    expected: ['cors-wildcard', 'csp-missing'],
    sessions: [{ url: 'https://api-7.acme.test/x' }],
  });
  const names = one?.sessions[0]?.responseHeaders?.map(([name]) => name) ?? [];
  expect(names).toContain('Strict-Transport-Security');
  expect(names).toContain('Permissions-Policy');
  expect(names).not.toContain('Content-Security-Policy');
});

it('repeats and fills in', () => {
  expect(two?.expected).toEqual([]);
  expect(two?.sessions.map(({ url }) => url)).toEqual([
    'https://api-8.acme.test/a?0',
    'https://api-8.acme.test/a?1',
  ]);
  expect(two?.sessions[0]?.requestHeaders?.find(([name]) => name === 'Authorization')?.[1]).toMatch(
    /^Bearer eyJ/,
  );
});

it('has at least a quarter of cases in which nothing is to be found', () => {
  const cases = readCorpus();
  expect(cases.length).toBeGreaterThan(100);
  expect(cases.filter(({ expected }) => expected.length === 0).length).toBeGreaterThan(cases.length / 4);
});
