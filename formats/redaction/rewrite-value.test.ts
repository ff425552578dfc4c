import { describe, expect, it } from 'vitest';
import { masking, opaque } from '../testing/masking.ts';
import { looksLikeJson, looksLikeMarkup, rewriteValue } from './rewrite-value.ts';

const token = opaque();
const rewritten = (value: string) => rewriteValue(value, masking().masker);
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a value of any kind', () => {
  it.each([
    ['JSON', `{"api_key":"${token}"}`, '{"api_key":"[redacted:api-key:1]"}'],
    ['JSON in frames', `42["a",{"api_key":"${token}"}]`, '42["a",{"api_key":"[redacted:api-key:1]"}]'],
    ['a URL', `https://a.test/?sig=${token}`, 'https://a.test/?sig=%5Bredacted:signature:1%5D'],
    ['a path', `/x?token=${token}`, '/x?token=%5Bredacted:token:1%5D'],
    ['fields', `a=1&token=${token}`, 'a=1&token=%5Bredacted:token:1%5D'],
    ['markup', '<Password>Tr0ub4</Password>', '<Password>[redacted:password:1]</Password>'],
    ['text', `trace; token: ${token}`, 'trace; token: [redacted:token:1]'],
    ['base64 of JSON', base64(`{"token":"${token}"}`), base64('{"token":"[redacted:token:1]"}')],
  ])('is read as %s', (_, before, after) => expect(rewritten(before)).toBe(after));

  it('is read inside itself, down to a depth', () => {
    let value = token;
    for (let depth = 0; depth < 4; depth++) value = JSON.stringify({ token: value, n: depth });
    expect(rewritten(value)).not.toContain(token);
    let hidden = `{"token":"${token}"}`;
    for (let depth = 0; depth < 12; depth++) hidden = base64(hidden);
    // Deeper than that it stays, and does not take for ever.
    expect(rewritten(hidden)).toBe(hidden);
  });

  it.each([
    '',
    'x',
    'plain words',
    '1764000000',
    'a/b',
    'text/html; charset=utf-8',
    'W/"9f8e7d6c5b4a"',
    base64('just a text in base64'),
  ])('stays when it is %j', (value) => expect(rewritten(value)).toBe(value));
});

it('tells JSON and markup by their beginning', () => {
  expect(['{', ' [1]', ")]}',\n{", '42["a"]', '51-/ns,3["a"]'].map(looksLikeJson)).toEqual(
    Array(5).fill(true),
  );
  expect(['', 'a{', '12', '<p>{'].map(looksLikeJson)).toEqual(Array(4).fill(false));
  expect(['<p>', '\n<!doctype', '<?xml', '\xef\xbb\xbf<a'].map(looksLikeMarkup)).toEqual(Array(4).fill(true));
  expect(['', '< p', '<3', 'a<b>'].map(looksLikeMarkup)).toEqual(Array(4).fill(false));
});
