import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { sessionText } from '#proxy-core/testing/session-text.ts';
import { inputOf } from '../testing/run-check.ts';
import { userInput } from './user-input.ts';

const read = (text: string) => userInput(inputOf(makeSession(sessionText(text).session)));

it('is what queries and forms hold', () => {
  expect(read('GET /x?q=wibble%20wobble&page=2&dir=asc\n---\n200')).toEqual([
    { name: 'q', value: 'wibble wobble' },
  ]);
  const form = 'POST /x\nContent-Type: application/x-www-form-urlencoded\n\nnick=zaphod&on=true\n---\n200';
  expect(read(form)).toEqual([{ name: 'nick', value: 'zaphod' }]);
});

it('is not what the server sends, nor cookies', () => {
  expect(read('GET /x\nCookie: a=wibble\n---\n200\nSet-Cookie: b=wobble')).toEqual([]);
});

it('has an end', () => {
  const query = Array.from({ length: 500 }, (_, i) => `a${i}=value${i}`).join('&');
  expect(read(`GET /x?${query}\n---\n200`)).toHaveLength(200);
});
