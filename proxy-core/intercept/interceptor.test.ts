import { expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { Interceptor } from './interceptor.ts';

const headers: HeaderPair[] = [
  ['alt-svc', 'h3'],
  ['A', 'b'],
];
const head = { httpVersion: 'HTTP/2.0', status: 200, reason: '', headers };

it('passes a head on untouched when nothing is switched on', () => {
  expect(new Interceptor({ stripAltSvc: false }).response(head)).toBe(head);
});

it('applies what is switched on', () => {
  expect(new Interceptor({ stripAltSvc: true }).response(head).headers).toEqual([['A', 'b']]);
});
