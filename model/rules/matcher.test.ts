import { describe, expect, it } from 'vitest';
import { explainMatcher, Matcher } from './matcher.ts';

describe('a matcher', () => {
  it.each([
    ['', 'all requests'],
    ['host:acme method=POST', 'all requests that pass host:acme method=POST'],
    [{ url: { exact: 'https://a.test/x' } }, 'all requests whose URL is https://a.test/x'],
    [{ url: { prefix: 'https://a.test/' } }, 'all requests whose URL begins with https://a.test/'],
    [{ url: { wildcard: '*.png' }, chance: 0.25 }, '25 % of the requests whose URL looks like *.png'],
    [
      { url: { regex: '/v\\d+/' }, request: 'method=GET', response: 'status:5xx' },
      'all requests whose URL matches //v\\d+// and that pass method=GET and whose response passes status:5xx',
    ],
  ])('%j says what it is for', (matcher, words) => {
    expect(explainMatcher(Matcher.parse(matcher))).toBe(words);
  });

  it.each([
    ['hots:acme', /Did you mean "host"/],
    ['host:a status:200', /"status" is not known when a request is matched/],
    [{ request: 'type:json' }, /"type" is not known/],
    [{ response: 'status:' }, /needs a value/],
    [{ url: { regex: '' } }, /./],
    [{ url: { exact: 'a', prefix: 'b' } }, /./],
    [{ chance: 0 }, /./],
    [{ hots: 'a' }, /./],
  ])('%j is refused', (matcher, message) => {
    const { success, error } = Matcher.safeParse(matcher);
    expect(success).toBe(false);
    expect(JSON.stringify(error?.issues).replaceAll('\\"', '"')).toMatch(message);
  });
});
