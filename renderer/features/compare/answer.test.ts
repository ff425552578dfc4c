import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { answerQuestion } from './answer.ts';

const body = (text: string, contentType = 'application/json') => ({
  bytes: new TextEncoder().encode(text),
  contentType,
});
const lines = (a: string, b: string, type?: string, pretty = true) => {
  const result = answerQuestion({ kind: 'lines', a: body(a, type), b: body(b, type), pretty });
  if (result.kind !== 'lines') throw new Error('no lines');
  return [result.pretty, result.lines.rows.map(({ kind }) => kind).join(' ')];
};

it('takes a call apart, its headers as sets', () => {
  const call = makeSession({
    requestHeaders: [
      ['X', 'b'],
      ['X', 'a'],
    ],
  });
  const result = answerQuestion({ kind: 'fields', call });
  expect(result.kind === 'fields' && result.fields.get('request.header.x')).toBe('a\nb');
});

it('lays out both texts before comparing them, so that one changed value is one changed line', () => {
  expect(lines('{"a":1,"b":2}', '{"a":1,"b":3}')).toEqual([true, 'same same changed same']);
  expect(lines('{"a":1}', '')).toEqual([true, 'only-a only-a only-a']);
  expect(lines('{"a":1,"b":2}', '{"a":1,"b":3}', undefined, false)).toEqual([false, 'changed']);
});

it('compares as they are texts of no language, and those that are not what they claim', () => {
  expect(lines('x y', 'x z', 'text/plain')).toEqual([false, 'changed']);
  expect(lines('{"a":1', '{"a":1}')).toEqual([false, 'changed']);
});
