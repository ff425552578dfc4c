import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { found, inputOf } from '../testing/run-check.ts';
import { testCheck } from '../testing/test-check.ts';
import { credentialsInUrl } from './credentials-in-url.ts';

const SECRET = 'q8ZrT2mVbX5nK7wLp3Hd';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
const at = (path: string) => found(credentialsInUrl, { url: `https://api.acme.test${path}` });

describe('credentials-in-url finds', () => {
  it.each([
    [`/a?access_token=${SECRET}`, 'access_token', SECRET],
    [`/a?x=1&api_key=${SECRET}&y=2`, 'api_key', SECRET],
    ['/a?user=mia&password=hunter2x', 'password', 'hunter2x'],
    [`/a?PHPSESSID=${SECRET}`, 'PHPSESSID', SECRET],
    [`/a?q=${JWT}`, 'q', JWT],
    [`/reset/${JWT}`, 'path', JWT],
  ])('%s', (path, parameter, shown) => expect(at(path)).toMatchObject([{ parameter, shown }]));

  it('one in Referer and one in Location', () => {
    const referer = found(credentialsInUrl, {
      requestHeaders: [['Referer', `https://acme.test/in?token=${SECRET}`]],
    });
    expect(referer).toMatchObject([{ parameter: 'Referer: token', shown: SECRET }]);
    const location = found(credentialsInUrl, {
      status: 302,
      responseHeaders: [['Location', `/home#access_token=${SECRET}`]],
    });
    expect(location).toMatchObject([{ parameter: 'Location: access_token', shown: SECRET }]);
    const both = found(credentialsInUrl, {
      status: 302,
      responseHeaders: [['Location', `/home?x=1#id_token=${SECRET}`]],
    });
    expect(both).toMatchObject([{ parameter: 'Location: id_token', shown: SECRET }]);
  });

  it('a user name and password before the host, as clients of proxies send them', () => {
    const full = makeSession({ url: 'http://acme.test/x' });
    full.session.request.head.target = 'http://mia:hunter2x@acme.test/x';
    const input = inputOf(full);
    const drafts = [...credentialsInUrl.run(input)];
    expect(drafts.map(({ parameter }) => parameter)).toEqual(['userinfo']);
    const [{ start = 0, end = 0 } = {}] = drafts[0]?.evidence ?? [];
    expect(input.requestHead.slice(start, end)).toBe('mia:hunter2x');
  });

  it('and never repeats it', () => {
    for (const finding of at(`/a?access_token=${SECRET}`)) expect(finding.detail).not.toContain(SECRET);
  });
});

describe('credentials-in-url stays silent about', () => {
  it.each([
    '/a',
    '/a?page_token=CAUQAA1234567890abcdef',
    '/a?csrf_token=q8ZrT2mVbX5nK7wLp3Hd',
    '/a?token=1',
    '/a?token=next',
    '/a?session=morning',
    '/a?password=',
    '/a?show_password=true',
    '/a?key=name&sort=asc',
    '/a?access_token=YOUR_ACCESS_TOKEN',
    '/a?api_key={apiKey}',
    '/passwords/reset',
    '/a?id=7f3a9c1e-0b5d-4f7e-9a7c-2d6b8e1f4a55',
  ])('%s', (path) => expect(at(path)).toEqual([]));
});

testCheck(credentialsInUrl, {
  finds: [
    'GET /x?access_token=«q8ZrT2mVbX5nK7wLp3Hd»\n---\n200',
    'GET /login?user=mia&password=«vK8qTz2m»\n---\n200',
    'GET /\nReferer: https://b.test/?api_key=«q8ZrT2mVbX5nK7wLp3Hd»\n---\n200',
  ],
  passes: [
    'GET /x?page_token=q8ZrT2mVbX5nK7wLp3Hd\n---\n200',
    'GET /x?id=q8ZrT2mVbX5nK7wLp3Hd\n---\n200',
    'GET /x?password=\n---\n200',
    'GET /x?token=1\n---\n200',
    'GET /\nReferer: https://b.test/?tab=passwords\n---\n200',
  ],
});
