import { describe, expect, it } from 'vitest';
import { requestCookies, responseCookies } from './har-cookies.ts';

describe('requestCookies', () => {
  it('lists the pairs of every Cookie field', () => {
    expect(
      requestCookies([
        ['Cookie', 'a=1; b=x=y;; c="q"'],
        ['cookie', 'd'],
      ]),
    ).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: 'x=y' },
      { name: 'c', value: '"q"' },
      { name: '', value: 'd' },
    ]);
  });

  it('is empty without the field', () => {
    expect(requestCookies([['Set-Cookie', 'a=1']])).toEqual([]);
  });
});

describe('responseCookies', () => {
  const one = (line: string) => responseCookies([['Set-Cookie', line]])[0];

  it('reads the attributes', () => {
    expect(one('sid=abc; Path=/x; DOMAIN=acme.test; Secure; HttpOnly; SameSite=Lax; Priority=High')).toEqual({
      name: 'sid',
      value: 'abc',
      path: '/x',
      domain: 'acme.test',
      secure: true,
      httpOnly: true,
      _sameSite: 'Lax',
    });
  });

  it.each(['Wed, 21 Oct 2026 07:28:00 GMT', 'Wed, 21-Oct-2026 07:28:00 GMT', 'Wed Oct 21 07:28:00 2026 GMT'])(
    'converts the date %s',
    (date) => {
      expect(one(`a=1; Expires=${date}`)?.expires).toBe('2026-10-21T07:28:00.000Z');
    },
  );

  it.each(['', 'soon', '0', '-1', 'Wed, 21 Oct 99999 07:28:00 GMT', 'Wed, 32 Oct 2026 07:28:00 GMT'])(
    'drops the date %j',
    (date) => {
      expect(one(`a=1; expires=${date}`)).not.toHaveProperty('expires');
    },
  );

  it('gives one cookie per field', () => {
    expect(
      responseCookies([
        ['Set-Cookie', 'a=1'],
        ['X', 'y'],
        ['set-cookie', 'a=2'],
      ]).map(({ value }) => value),
    ).toEqual(['1', '2']);
  });
});
