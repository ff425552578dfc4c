import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addValue, emptyShape, mapMembers, mergeShape, type Shape } from './shape.ts';

function shapeOf(...values: unknown[]): Shape {
  const shape = emptyShape();
  for (const value of values) addValue(shape, value);
  return shape;
}

describe('a shape', () => {
  it('counts the types of its values', () => {
    expect(shapeOf(1, 2.5, 'a', true, null, [1], {})).toMatchObject({
      count: 7,
      integers: 1,
      fractions: 1,
      booleans: 1,
      nulls: 1,
      text: { count: 1 },
      list: { count: 1, items: { count: 1, integers: 1 } },
      object: { count: 1 },
    });
  });

  it('knows how often a member was there', () => {
    const { object } = shapeOf({ a: 1, b: 'x' }, { a: 2 }, { a: null });
    expect([...(object?.members ?? [])].map(([name, { count }]) => [name, count])).toEqual([
      ['a', 3],
      ['b', 1],
    ]);
  });

  it('keeps a format that every text has', () => {
    const formats = (...texts: string[]) => shapeOf(...texts).text?.formats.map(({ name }) => name);
    expect(formats('2025-01-01', '2025-12-31')).toEqual(['date']);
    expect(formats('2025-01-01', 'x')).toEqual([]);
    expect(formats('x', '2025-01-01')).toEqual([]);
  });

  it('remembers a few different texts', () => {
    expect(shapeOf('a', 'b', 'a').text?.texts).toEqual(
      new Map([
        ['a', 2],
        ['b', 1],
      ]),
    );
    expect(shapeOf(...Array.from({ length: 9 }, (_, i) => `t${i}`)).text?.texts).toBeUndefined();
  });

  it('of several is the same in any order and in parts', () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.array(json, { maxLength: 6 }), fc.array(json, { maxLength: 6 }), (some, more) => {
        const merged = shapeOf(...some);
        mergeShape(merged, shapeOf(...more));
        expect(merged).toEqual(shapeOf(...some, ...more));
      }),
    );
  });

  it('that is merged from another leaves that one alone', () => {
    const from = shapeOf({ a: 'x' });
    const into = emptyShape();
    mergeShape(into, from);
    addValue(into, { a: 'y' });
    expect(from).toEqual(shapeOf({ a: 'x' }));
  });
});

describe('objects that are maps', () => {
  it('have names that are values themselves', () => {
    const { object } = shapeOf({ '101': { a: 1 }, '102': { a: 2, b: 1 } });
    if (object === undefined) throw new Error('no object');
    expect(mapMembers(object)).toMatchObject({ count: 2, object: { count: 2 } });
  });

  it('are not those with plain names', () => {
    const { object } = shapeOf({ id: 1, name: 'x' });
    expect(object && mapMembers(object)).toBeUndefined();
    const { object: one } = shapeOf({ '101': 1 });
    expect(one && mapMembers(one)).toBeUndefined();
  });

  it('are those with very many, so that memory has a bound', () => {
    const shape = emptyShape();
    for (let i = 0; i < 5000; i += 1) addValue(shape, { [`name-${'abcdefghij'[i % 10]}${i}x`]: i });
    expect(shape.object?.members.size).toBe(0);
    expect(shape.object?.rest).toMatchObject({ count: 5000, integers: 5000 });
  });
});

describe('hostile values', () => {
  it('nest only so deep', () => {
    let value: unknown = 1;
    for (let i = 0; i < 5000; i += 1) value = { a: [value] };
    expect(() => addValue(emptyShape(), value)).not.toThrow();
  });

  it('cannot reach a prototype', () => {
    const shape = shapeOf(JSON.parse('{"__proto__": {"x": 1}, "constructor": 1}'));
    expect([...(shape.object?.members.keys() ?? [])]).toEqual(['__proto__', 'constructor']);
  });

  it('of long lists are looked at in part', () => {
    expect(shapeOf(Array.from({ length: 10_000 }, () => 1)).list?.items.count).toBe(200);
  });
});
