import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { editCookie, setCookie } from './cookie-edits.ts';

describe('of a request', () => {
  const headers: HeaderPair[] = [
    ['Cookie', 'a=1; b=x=y; c'],
    ['X', 'y'],
  ];
  it('one is set where it stands, or behind the others', () => {
    expect(setCookie('request', headers, 'b', '2')).toEqual([
      ['Cookie', 'a=1; b=2; c'],
      ['X', 'y'],
    ]);
    expect(setCookie('request', headers, 'd', '4')[0]).toEqual(['Cookie', 'a=1; b=x=y; c; d=4']);
    expect(setCookie('request', [], 'd', '4')).toEqual([['Cookie', 'd=4']]);
  });
  it('one is edited, or taken away, with its field when that was all', () => {
    expect(editCookie('request', headers, 'b', (value) => `<${value}>`)[0]).toEqual([
      'Cookie',
      'a=1; b=<x=y>; c',
    ]);
    expect(editCookie('request', headers, 'a', () => undefined)[0]).toEqual(['Cookie', 'b=x=y; c']);
    expect(editCookie('request', [['cookie', 'a=1']], 'a', () => undefined)).toEqual([]);
    expect(editCookie('request', headers, 'zz', () => 'x')).toEqual(headers);
  });
});

describe('of a response', () => {
  const headers: HeaderPair[] = [
    ['Set-Cookie', 'a=1; Path=/; HttpOnly'],
    ['Set-Cookie', 'b=2'],
  ];
  it('keeps its attributes, unless the value brings its own', () => {
    expect(setCookie('response', headers, 'a', '9')[0]).toEqual(['Set-Cookie', 'a=9; Path=/; HttpOnly']);
    expect(setCookie('response', headers, 'a', '9; Secure')[0]).toEqual(['Set-Cookie', 'a=9; Secure']);
    expect(setCookie('response', headers, 'n', '1')).toEqual([...headers, ['Set-Cookie', 'n=1']]);
  });
  it('is edited or taken away alone', () => {
    expect(editCookie('response', headers, 'b', () => undefined)).toEqual([headers[0]]);
    expect(editCookie('response', headers, 'a', (value) => value + value)[0]).toEqual([
      'Set-Cookie',
      'a=11; Path=/; HttpOnly',
    ]);
  });
});
