import { expect, it } from 'vitest';
import { jwtPart } from './jwt-part.ts';

const encode = (text: string | Uint8Array) => Buffer.from(text).toString('base64url');

it('is an object in JSON, in UTF-8, in base64url', () => {
  expect(jwtPart(encode('{"sub":"Zoë","roles":["a?>"]}'))).toEqual({ sub: 'Zoë', roles: ['a?>'] });
});

it.each([
  ['', 'nothing'],
  ['***', 'no base64url'],
  [encode('{"a":'), 'half of one'],
  [encode('[1]'), 'a list'],
  [encode('null'), 'null'],
  [encode('"text"'), 'a text'],
  [encode(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)), 'no UTF-8'],
])('%j is none: %s', (part) => {
  expect(jwtPart(part)).toBeUndefined();
});
