import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLeaves } from './json-leaves.ts';

const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
const leaves = (text: string) => [...jsonLeaves(latin1(text))];
const pairs = (text: string) => leaves(text).map(({ path, value }) => [path, value]);

/** What JSON.parse would have as leaves, in the paths of jsonLeaves. */
function expected(value: unknown, path = ''): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item, i) => expected(item, `${path}[${i}]`));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) =>
      expected(item, path === '' ? key : `${path}.${key}`),
    );
  }
  return typeof value === 'string'
    ? [[path, value]]
    : typeof value === 'number' || typeof value === 'boolean'
      ? [[path, JSON.stringify(value)]]
      : [];
}

describe('jsonLeaves', () => {
  it('tells the path, key, kind and place of each value', () => {
    const text = '{"user":{"cards":[{"no":"4111"},{"no": 42}]},"x":true,"y":null,"z":-1.5e3}';
    expect(leaves(text).map(({ path, key, kind }) => [path, key, kind])).toEqual([
      ['user.cards[0].no', 'no', 'string'],
      ['user.cards[1].no', 'no', 'number'],
      ['x', 'x', 'boolean'],
      ['z', 'z', 'number'],
    ]);
    expect(leaves(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      '4111',
      '42',
      'true',
      '-1.5e3',
    ]);
  });

  it('agrees with JSON.parse on any JSON', () => {
    const key = fc.string({ unit: 'grapheme', maxLength: 8 });
    const json = fc.jsonValue({ maxDepth: 5 }).filter((value) => !JSON.stringify(value).includes('-0'));
    fc.assert(
      fc.property(fc.dictionary(key, json), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        expect(pairs(JSON.stringify(value, null, space))).toEqual(
          expected(JSON.parse(JSON.stringify(value))),
        );
      }),
    );
  });

  it('counts bytes, and decodes escapes and UTF-8', () => {
    const text = latin1('{"é":"ü","a":"\\u0041\\"\\\\"}');
    const [first, second] = [...jsonLeaves(text)];
    expect(first).toMatchObject({ path: 'é', value: 'ü', start: 7, end: 9 });
    expect(second).toMatchObject({ path: 'a', value: 'A"\\' });
  });

  it('reads one text after another, as in sequences and in lines', () => {
    expect(pairs('\u001e{"a":"1"}\n\u001e{"b":"2"}\n')).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect(pairs('{"a":"1"}\u001e{"b":["2"]}\u001e')).toEqual([
      ['a', '1'],
      ['b[0]', '2'],
    ]);
    expect(pairs('{"a":"1"}\n{"b":"2"}')).toHaveLength(2);
  });

  it('names array elements after the field that holds the array', () => {
    expect(leaves('{"ids":["a",["b"]]}').map(({ path, key }) => [path, key])).toEqual([
      ['ids[0]', 'ids'],
      ['ids[1][0]', 'ids'],
    ]);
  });

  it.each([
    ['{"a":"1","b":"2', [['a', '1']]],
    ['{"a":"1"}garbage{"b":"2"}', [['a', '1']]],
    [
      '{"a":"1"}\n{"a":"2"}',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['"bare"', [['', 'bare']]],
    ['', []],
    ['<html>', []],
    ['"\\', []],
  ])('reads %j as far as it makes sense', (text, wanted) => {
    expect(pairs(text)).toEqual(wanted);
  });

  it('stops at a hostile depth', () => {
    expect(leaves(`${'['.repeat(100_000)}"x"`)).toEqual([]);
    expect(pairs(`${'['.repeat(60)}"x"`)).toHaveLength(1);
  });

  it('survives a string of megabytes', () => {
    const [leaf] = leaves(`{"a":"${'x'.repeat(20_000_000)}"}`);
    expect(leaf?.value.length).toBe(20_000_000);
    expect([...jsonLeaves(`{"a":"${'\\'.repeat(1_000_000)}"}`)]).toHaveLength(1);
  });
});
