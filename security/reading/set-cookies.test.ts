import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { inputOf } from '../testing/run-check.ts';
import { isCsrfCookie, isSessionCookie, setCookies } from './set-cookies.ts';

const read = (...values: string[]) =>
  setCookies(inputOf(makeSession({ responseHeaders: values.map((value) => ['Set-Cookie', value]) })));

it('reads names, values and attributes whatever their case', () => {
  const [cookie] = read('sid=a=b; HTTPONLY; samesite = Lax; Path=/');
  expect(cookie).toMatchObject({ name: 'sid', value: 'a=b', deletes: false });
  expect([...(cookie?.attributes ?? [])]).toEqual([
    ['httponly', ''],
    ['samesite', 'Lax'],
    ['path', '/'],
  ]);
});

it('tells what is deleted', () => {
  const gone = ['a=; Max-Age=0', 'a=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'a=; Max-Age=-1'];
  expect(read(...gone).map(({ deletes }) => deletes)).toEqual([true, true, true]);
  expect(
    read('a=; Path=/', 'a=1; Expires=Fri, 01 Jan 2100 00:00:00 GMT').map(({ deletes }) => deletes),
  ).toEqual([false, false]);
});

it('leaves out what is no cookie', () => expect(read('nothing', '')).toEqual([]));

it('knows sessions and tokens against forgery by their names', () => {
  for (const name of ['JSESSIONID', 'PHPSESSID', 'sid', 'connect.sid', 'auth_token', '__Host-session'])
    expect(isSessionCookie({ name })).toBe(true);
  for (const name of ['theme', 'lang', 'XSRF-TOKEN', 'side', 'csrftoken'])
    expect(isSessionCookie({ name })).toBe(false);
  expect(isCsrfCookie({ name: 'XSRF-TOKEN' })).toBe(true);
});
