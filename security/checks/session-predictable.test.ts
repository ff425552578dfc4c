import { expect, it } from 'vitest';
import { testCheck, told } from '../testing/test-check.ts';
import { sessionPredictable } from './session-predictable.ts';

const set = (value: string, name = 'sid') => `200\nSet-Cookie: ${name}=${value}; HttpOnly`;
const random = (seed: number) =>
  Array.from({ length: 32 }, (_, i) =>
    ((Math.imul(seed * 2654435761 + i * 40503, 2246822519) >>> 9) % 16).toString(16),
  ).join('');

testCheck(sessionPredictable, {
  finds: [
    [set('sess-100041'), set('sess-100042'), set('sess-100043')],
    '200\nSet-Cookie: «session=1749999999123; Path=/»',
    '200\nSet-Cookie: «sid=48213; HttpOnly»',
    `200\nSet-Cookie: «session=${Buffer.from('user:mia').toString('base64')}»`,
    'POST /login\nContent-Type: application/json\n\n{"user":"mia","password":"x"}\n---\n200\nContent-Type: application/json\n\n{"token":"«100213»","ok":true}',
  ],
  passes: [
    [set(random(1)), set(random(2)), set(random(3))],
    set('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'),
    set('12345', 'theme'),
    set(''),
    'GET /x\nCookie: sid=48213\n---\n200',
    '200\nSet-Cookie: remember_me=1',
    set('s%3Aq8ZrT2mVbX5nK7wLp3Hd9sFj.4cYtR1uEaB6'),
  ],
  lowOnly: [[set(random(1)), set(random(2))]],
});

it('judges entropy by a hundred samples', () => {
  const ids = Array.from({ length: 110 }, (_, i) =>
    set(`abcdefgh-${['x', 'y'][i % 2]}${(i * 7919) % 1000}zz`),
  );
  expect(told(sessionPredictable, ids).findings.length).toBeGreaterThan(0);
});
