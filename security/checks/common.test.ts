/** What is asked of all checks together: names, twin tests, and time in proportion to the text. What each owes is in testing/test-check.ts. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { endpointOf } from '#model/path-template.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { begun } from '../check.ts';
import { inputOf } from '../testing/run-check.ts';
import { CHECKS } from './index.ts';

it('has no two checks of one id', () => {
  expect(new Set(CHECKS.map(({ info }) => info.id)).size).toBe(CHECKS.length);
});

it.each(CHECKS.map(({ info }) => info.id))('%s has the tests that every check owes', (id) => {
  expect(readFileSync(new URL(`./${id}.test.ts`, import.meta.url), 'utf8')).toContain('testCheck(');
});

/** Text on which patterns of one careless sign take time by the square of its length, or worse. */
const ADVERSARIAL = [
  '4',
  '4111 ',
  '4111-',
  'card 4111111111111112 ',
  'DE89 ',
  'DE89370400440532013000',
  '<',
  '<script>',
  '<script></ script ',
  '"',
  '\\',
  '\\"',
  '{"a":',
  '[1,',
  '{"a":"b"},',
  '&',
  '&a=b',
  'a.',
  '--B',
  'eyJ',
  'eyJ.',
  ';a',
  'AKIA',
  'assword=',
  'Server=a;',
  'secret_key=',
  'postgres://a:',
  '-----BEGIN PRIVATE KEY-----\n',
  'sk-proj-aaaaaaaaaaaa',
  '%40a.',
  '<a b="',
  '<a href=//b.test target=x rel=opener>',
  '<form method=post>',
  '<!--',
  '<!-- password',
  '/*',
  '// ',
  'eval(',
  '<%=',
  '<?php ',
  '$2b$10$',
  '5d41402abc4b2a76b9719d911017c592 ',
  'rO0AB',
  '10.0.0.',
  '10.1.2.3 ',
  '/home/a',
  '/var/www/',
  'C:\\\\Users\\\\a',
  ' at a.b',
  ' at a (/',
  'at a.b.C.d(',
  'SELECT ',
  'import a',
  'AbCd',
  'YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo=',
  'http://',
  '//polyfill.io',
  'jquery-1.',
  'SECRET=',
  '{"query":"{a ',
  '\\n',
  'a:',
  '#0 a',
  '1750000000,',
] as const;
const TYPES = [
  'application/json',
  'text/html',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=B',
] as const;

/** Milliseconds that all checks take for a text in every place that takes one. */
function milliseconds(text: string, type: string): number {
  const short = text.slice(0, text.length / 4);
  const headers: [string, string][] = [
    ['Content-Type', type],
    ['Cookie', short],
    ['Referer', `https://a.test/?${short}`],
  ];
  const data = new Uint8Array(Buffer.from(`{"a":"${short}`));
  const full = makeSession({
    method: 'POST',
    url: 'http://a.test/',
    requestHeaders: headers,
    requestBody: `{"${text}`,
    responseHeaders: headers,
    responseBody: `["",${text}`,
    messages: [{ direction: 'received', at: 0, opcode: 1, data }],
  });
  full.session.row.path = `/${short}`;
  const shared = inputOf(full);
  const start = performance.now();
  for (const check of begun(CHECKS)) for (const _ of check.run(shared));
  endpointOf(full.session.row);
  return performance.now() - start;
}

const repeated = (unit: string, size: number) => unit.repeat(Math.ceil(size / unit.length));
const KB = 1024;

/**
 * How much longer sixteen times the text takes: sixteen times when linear, 256 times when quadratic. Below some milliseconds noise counts;
 * and when something else had the processor, the shorter of more runs is the truth.
 */
function growth(make: (size: number) => string, type: string, large: number): number {
  const texts = [make(large / 16), make(large)] as const;
  let [small, big] = [milliseconds(texts[0], type), milliseconds(texts[1], type)];
  for (let again = 0; again < 3 && big / Math.max(small, 3) >= LIMIT; again += 1) {
    [small, big] = [
      Math.min(small, milliseconds(texts[0], type)),
      Math.min(big, milliseconds(texts[1], type)),
    ];
  }
  return big / Math.max(small, 3);
}
const LIMIT = 90;

describe('time grows with the length of the text, not with its square', () => {
  // Each in JSON and in one of the other types: all four take a minute.
  it.each(ADVERSARIAL.map((unit, at) => [unit, TYPES[1 + (at % 3)] ?? TYPES[1]] as const))(
    '%j',
    (unit, other) => {
      for (const type of [TYPES[0], other]) {
        expect(
          growth((size) => repeated(unit, size), type, 512 * KB),
          type,
        ).toBeLessThan(LIMIT);
      }
    },
  );

  it.each(TYPES)('10 MB of all of these, as %s', (type) => {
    const mixed = (size: number) =>
      ADVERSARIAL.map((unit) => repeated(unit, size / ADVERSARIAL.length)).join('\n');
    expect(growth(mixed, type, 10 * KB * KB)).toBeLessThan(LIMIT);
  });
});
