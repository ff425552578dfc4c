import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { answerValues, valueAt } from './answer-values.ts';

const answer = (body: string, ...headers: HeaderPair[]) => {
  const { session } = makeSession({ responseHeaders: headers, responseBody: body });
  return [...answerValues(session, body)];
};
const JSON_TYPE: HeaderPair = ['Content-Type', 'application/json'];
const HTML_TYPE: HeaderPair = ['Content-Type', 'text/html; charset=utf-8'];

describe('values of an answer', () => {
  it('are leaves of JSON with their paths', () =>
    expect(answer('{"a":{"b":["x",7]},"it\'s":"y","z":true,"n":null}', JSON_TYPE)).toEqual([
      { source: { kind: 'json', path: '$.a.b[0]' }, value: 'x' },
      { source: { kind: 'json', path: '$.a.b[1]' }, value: '7' },
      { source: { kind: 'json', path: "$['it\\'s']" }, value: 'y' },
    ]));

  it('are inputs and metas of a page', () =>
    expect(
      answer(
        '<!doctype html><meta name="csrf" content="m1"><input type=hidden name=_token value="t&amp;1"><input name=empty><p value=x>',
        HTML_TYPE,
      ),
    ).toEqual([
      { source: { kind: 'meta', name: 'csrf' }, value: 'm1' },
      { source: { kind: 'input', name: '_token' }, value: 't&1' },
    ]));

  it('are cookies, fields and the query of a redirect', () =>
    expect(
      answer(
        '',
        ['Set-Cookie', 'sid=abc; Path=/; HttpOnly'],
        ['X-Next-Token', ' n1 '],
        ['Date', 'x'],
        ['Location', 'https://a.test/cb?code=c%201&state=s#access_token=t'],
      ),
    ).toEqual([
      { source: { kind: 'cookie', name: 'sid' }, value: 'abc' },
      { source: { kind: 'header', name: 'x-next-token' }, value: 'n1' },
      { source: { kind: 'location', name: 'code' }, value: 'c 1' },
      { source: { kind: 'location', name: 'state' }, value: 's' },
      { source: { kind: 'location', name: 'access_token' }, value: 't' },
    ]));

  it('are none of what is neither', () =>
    expect(answer('plain text', ['Content-Type', 'text/plain'])).toEqual([]));

  it('are bounded', () =>
    expect(answer(JSON.stringify(Array(20_000).fill('x')), JSON_TYPE)).toHaveLength(5000));
});

describe('the same place of another answer', () => {
  it('has its value there, or none', () => {
    const { session } = makeSession({ responseHeaders: [JSON_TYPE] });
    expect(valueAt(session, '{"token":"new"}', { kind: 'json', path: '$.token' })).toBe('new');
    expect(valueAt(session, '{"error":1}', { kind: 'json', path: '$.token' })).toBeUndefined();
  });
});
