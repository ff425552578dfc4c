import { expect, test } from 'vitest';
import { parseSetCookie, sentCookies, setCookies } from './cookies.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

test('sent cookies of every field, in order, duplicates kept', () => {
  expect(
    sentCookies([
      ['Cookie', 'a=1; b=x=y;  c'],
      ['X', 'z'],
      ['cookie', 'a=2'],
    ]),
  ).toEqual([
    { name: 'a', value: '1' },
    { name: 'b', value: 'x=y' },
    { name: '', value: 'c' },
    { name: 'a', value: '2' },
  ]);
});

test('attributes of a set cookie, whatever their case', () => {
  const value =
    'sid=abc; Domain=.Example.test; PATH=/app; Max-Age=3600; secure; HttpOnly; SameSite=Lax; Partitioned';
  expect(parseSetCookie(value, NOW)).toEqual({
    name: 'sid',
    value: 'abc',
    domain: 'example.test',
    path: '/app',
    expires: undefined,
    maxAge: 3600,
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    partitioned: true,
    removes: false,
  });
});

test('a cookie with nothing but a name and value is a session cookie', () => {
  expect(parseSetCookie('a=b', NOW)).toMatchObject({
    secure: false,
    httpOnly: false,
    maxAge: undefined,
    removes: false,
  });
});

test('removal: by an age of zero, or by a date in the past; age wins', () => {
  expect(parseSetCookie('a=; Max-Age=0', NOW).removes).toBe(true);
  expect(parseSetCookie('a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', NOW).removes).toBe(true);
  expect(parseSetCookie('a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60', NOW).removes).toBe(false);
  expect(parseSetCookie('a=; Expires=nonsense', NOW).removes).toBe(false);
});

test('an age that is not a number is as none', () => {
  expect(parseSetCookie('a=b; Max-Age=soon', NOW).maxAge).toBeUndefined();
});

test('each Set-Cookie field is one cookie', () => {
  const cookies = setCookies(
    [
      ['Set-Cookie', 'a=1, b=2'],
      ['set-cookie', 'c=3'],
    ],
    NOW,
  );
  expect(cookies.map(({ name, value }) => `${name}=${value}`)).toEqual(['a=1, b=2', 'c=3']);
});
