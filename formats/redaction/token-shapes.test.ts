import { describe, expect, it } from 'vitest';
import { opaque, repeated } from '../testing/masking.ts';
import { drawer, MULTILINE, SHAPED, seeded } from '../testing/planted-kinds.ts';
import { kindOf, shapesIn } from './token-shapes.ts';

const shapes = (text: string) =>
  [...shapesIn(text)].map(({ kind, start, end }) => [kind, text.slice(start, end)]);
const draw = drawer(seeded(5));

describe('secrets by their looks', () => {
  it.each(Object.entries({ ...SHAPED, ...MULTILINE }))('%s, alone and in a text', (kind, make) => {
    const value = make(draw);
    for (const text of [value, `see "${value}", and so on`, `a=${value}\nb`]) {
      expect(shapes(text)).toContainEqual([kind, value]);
    }
  });

  it('are all found, however many there are', () => {
    const keys = Array.from({ length: 300 }, () => SHAPED['github-token']?.(draw) ?? '');
    expect(shapes(keys.join('\n')).map(([, value]) => value)).toEqual(keys);
    const dense = Array.from({ length: 1500 }, () => SHAPED['sendgrid-key']?.(draw) ?? '');
    expect(new Set(shapes(dense.join(' ')).map(([, value]) => value))).toEqual(new Set(dense));
  });

  it('are whole private keys, also escaped, also without an end', () => {
    const pem = MULTILINE['private-key']?.(draw) ?? '';
    const escaped = JSON.stringify(pem).slice(1, -1);
    expect(shapes(`{"key":"${escaped}"}`)).toEqual([['private-key', escaped]]);
    const cut = pem.slice(0, 200);
    expect(shapes(`${cut}<end>`)).toEqual([['private-key', cut]]);
    expect(
      shapes('-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----'),
    ).toEqual([]);
  });

  it('are tokens with an algorithm in their header, encrypted ones too', () => {
    const header = Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url');
    const jwe = `${header}..${opaque()}.${opaque(1)}.${opaque(2)}`;
    expect(shapes(`t=${jwe};`)).toEqual([['jwt', jwe]]);
    expect(shapes('eyJpZCI6MTIzNDU2fQ.eyJhIjoxfQ.c2ln')).toEqual([]);
    expect(shapes('cursor=eyJpZCI6MTIzNDU2LCJvIjoiYXNjIn0=')).toEqual([]);
  });

  it('are passwords in URLs, and tokens that stand in for users', () => {
    expect(shapes('https://bob:s3cret@host/x')).toEqual([['password', 's3cret']]);
    expect(shapes(`https://${opaque()}:x-oauth-basic@github.test/`).map(([, value]) => value)).toContain(
      opaque(),
    );
    expect(shapes('https://host:8080/a@b http://[::1]:80/')).toEqual([]);
  });

  it('are credentials behind the name of their scheme', () => {
    const basic = btoa('alice:wonderland');
    expect(shapes(`curl -H "Authorization: Basic ${basic}"`)).toEqual([['basic', basic]]);
    expect(shapes(`bearer ${opaque()}`)).toEqual([['bearer', opaque()]]);
    expect(shapes('Basic authentication is required; a bearer token, please')).toEqual([]);
  });

  it.each([
    'eyJ',
    'eyJhbGciOiJIUzI1NiJ9.',
    '-----BEGIN ',
    '-----BEGIN PRIVATE KEY-----',
    '://',
    '://a:',
    'basic ',
    'secret=',
    'SG.',
    'redis',
  ])('are looked for in linear time in %s, again and again', (piece) => {
    const started = performance.now();
    for (const _ of shapesIn(repeated(piece)));
    expect(performance.now() - started).toBeLessThan(8000);
  });
});

it('makes short words of the names of shapes', () => {
  expect(
    [
      'an AWS access key id',
      'a secret that tokens are signed with',
      'a connection string with a password',
    ].map(kindOf),
  ).toEqual(['aws-access-key-id', 'secret', 'connection-string']);
});
