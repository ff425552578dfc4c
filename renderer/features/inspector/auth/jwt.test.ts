import { describe, expect, it } from 'vitest';
import { findJwts, parseJwt, timeOf } from './jwt.ts';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: unknown, header: unknown = { alg: 'HS256', typ: 'JWT' }) =>
  `${encode(header)}.${encode(claims)}.c2ln`;

describe('a JSON Web Token', () => {
  it('is its header and claims, in UTF-8', () => {
    expect(parseJwt(token({ sub: 'Zoë', exp: 1 }))).toMatchObject({
      algorithm: 'HS256',
      header: { typ: 'JWT' },
      claims: { sub: 'Zoë', exp: 1 },
    });
  });

  it('may be unsigned', () => {
    expect(parseJwt(`${encode({ alg: 'none' })}.${encode({ a: 1 })}.`)?.algorithm).toBe('none');
    expect(parseJwt(token({}, { typ: 'JWT' }))?.algorithm).toBe('none');
  });

  it.each([
    '',
    'eyJ.eyJ.x',
    'a.b.c',
    `${encode({ alg: 'HS256' })}.${encode([1])}.x`,
    `${encode({ alg: 'HS256' })}.${encode('text')}.x`,
    `${token({})}.more`,
    `${encode({ alg: 'HS256' })}.${Buffer.from('{"a":"\xff"}', 'latin1').toString('base64url')}.x`,
  ])('%s is none', (text) => {
    expect(parseJwt(text)).toBeUndefined();
  });

  it('is found within other text, each once', () => {
    const one = token({ a: 1 });
    const two = token({ b: 2 });
    expect(findJwts(`id=${one}; other=x.y.z; s=${two}&again=${one}`).map((jwt) => jwt.token)).toEqual([
      one,
      two,
    ]);
  });

  it.each([
    [{}, 'endless'],
    [{ exp: 100 }, 'valid'],
    [{ exp: 50 }, 'expired'],
    [{ exp: 100, nbf: 60 }, 'early'],
    [{ exp: '100' }, 'endless'],
  ] as const)('with claims %j is %s at 50 s', (claims, expected) => {
    const jwt = parseJwt(token(claims));
    expect(jwt && timeOf(jwt, 50_000)).toBe(expected);
  });
});
