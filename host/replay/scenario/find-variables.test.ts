import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { VariableFinder } from './find-variables.ts';

/** The variables of these sessions, as "name: from → uses". */
function found(...overrides: SessionOverrides[]): string[] {
  const finder = new VariableFinder();
  overrides.forEach((one, i) => {
    const { session, requestBody, responseBody } = makeSession({ id: i + 1, requestHeaders: [], ...one });
    finder.add(session, requestBody, Buffer.from(responseBody).toString());
  });
  return finder.variables.map(
    ({ name, from, uses }) => `${name}: ${from} → ${uses.map(({ id, part }) => `${id} ${part}`).join(', ')}`,
  );
}
const at = (path: string) => `https://shop.test${path}`;
const HTML = [['Content-Type', 'text/html']] as [string, string][];

describe('what later requests take from answers', () => {
  it('is a token of a page, a cookie, an id', () =>
    expect(
      found(
        {
          url: at('/login'),
          responseHeaders: [...HTML, ['Set-Cookie', 'sid=s1; Path=/']],
          responseBody: '<input name="_csrf" value="q7">',
        },
        {
          url: at('/login'),
          method: 'POST',
          requestHeaders: [
            ['Cookie', 'sid=s1'],
            ['Content-Type', 'application/x-www-form-urlencoded'],
          ],
          requestBody: 'user=ann&_csrf=q7',
          responseBody: '{"accessToken":"eyJx","user":{"id":17,"name":"ann"}}',
        },
        { url: at('/users/17'), requestHeaders: [['Authorization', 'Bearer eyJx']] },
      ),
    ).toEqual([
      'sid: 1 → 2 cookie.sid',
      '_csrf: 1 → 2 form._csrf',
      'id: 2 → 3 path.2',
      'accessToken: 2 → 3 header.Authorization',
    ]));

  it('is each of tokens that rotate', () =>
    expect(
      found(
        { url: at('/a'), responseHeaders: [['X-Next', 'token-number-1']] },
        {
          url: at('/b'),
          requestHeaders: [['X-Token', 'token-number-1']],
          responseHeaders: [['X-Next', 'token-number-2']],
        },
        { url: at('/c'), requestHeaders: [['X-Token', 'token-number-2']] },
      ),
    ).toEqual(['x-next: 1 → 2 header.X-Token', 'x-next 2: 2 → 3 header.X-Token']));

  it('is a code of a redirect', () =>
    expect(
      found(
        { url: at('/auth'), responseHeaders: [['Location', '/cb?code=c1&state=s1']] },
        { url: at('/cb?code=c1&state=s1') },
      ),
    ).toEqual(['code: 1 → 2 query.code', 'state: 1 → 2 query.state']));
});

describe('what is no variable', () => {
  it('is what the client said first', () =>
    expect(
      found(
        { url: at('/search?q=teapots-and-cups'), responseBody: '{"query":"teapots-and-cups"}' },
        { url: at('/search?q=teapots-and-cups') },
      ),
    ).toEqual([]));

  it('is a word or a small number that is the same by chance', () =>
    expect(
      found(
        { url: at('/a'), responseBody: '{"count":2,"colour":"dark","state":"2026-01-01"}' },
        { url: at('/b?page=2&theme=dark&day=2026-01-01') },
      ),
    ).toEqual([]));

  it('is what an answer says after it was used', () =>
    expect(
      found(
        { url: at('/x'), requestHeaders: [['X-Key', 'abcdefgh1']] },
        { url: at('/y'), responseBody: '{"key":"abcdefgh1"}' },
      ),
    ).toEqual([]));
});
