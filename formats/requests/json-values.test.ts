import { describe, expect, it } from 'vitest';
import { isFields, listIn, member, textIn, textOf } from './json-values.ts';

const hostile: unknown = JSON.parse(
  '{"__proto__": {"a": 1}, "list": [1], "text": "x", "n": 1.5, "no": null}',
);

describe('members', () => {
  it('are the object’s own', () => {
    expect(member(hostile, 'toString')).toBeUndefined();
    expect(member(hostile, 'a')).toBeUndefined();
    expect(member(hostile, '__proto__')).toEqual({ a: 1 });
    expect(member([1], 'length')).toBeUndefined();
    expect(member(undefined, 'x')).toBeUndefined();
  });

  it('of the wrong kind are as good as none', () => {
    expect([
      textIn(hostile, 'text'),
      textIn(hostile, 'n'),
      textIn(hostile, 'list'),
      textIn(hostile, 'no'),
    ]).toEqual(['x', '1.5', '', '']);
    expect([listIn(hostile, 'list'), listIn(hostile, 'text'), listIn(null, 'x')]).toEqual([[1], [], []]);
  });
});

it('tells objects from lists and nothing', () => {
  expect([{}, [], null, 'x', undefined].map(isFields)).toEqual([true, false, false, false, false]);
  expect([true, 1, 'a', {}, null].map(textOf)).toEqual(['true', '1', 'a', '', '']);
});
