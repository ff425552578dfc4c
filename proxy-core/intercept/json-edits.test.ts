import { describe, expect, it } from 'vitest';
import { compilePath, jsonPatch, jsonRemove, jsonSet, parseJson } from './json-edits.ts';

const set = (text: string, path: string, value: unknown) =>
  JSON.stringify(jsonSet(parseJson(text), compilePath(path), value as string, path));
const remove = (text: string, path: string) => JSON.stringify(jsonRemove(parseJson(text), compilePath(path)));

describe('by path', () => {
  it.each([
    ['{"a":1}', '$.a', 2, '{"a":2}'],
    ['{"a":[1,2,3]}', '$.a[*]', 0, '{"a":[0,0,0]}'],
    ['{"a":[{"k":1},{"k":2}]}', '$.a[?@.k>1].k', 9, '{"a":[{"k":1},{"k":9}]}'],
    ['{"a":{}}', '$.a.new', true, '{"a":{"new":true}}'],
    ['{"a":{}}', "$.a['b c']", 1, '{"a":{"b c":1}}'],
    ['{"a":1}', '$', [1], '[1]'],
    ['{"a":1}', '$.b.c', 1, '{"a":1}'],
    ['{"a":{}}', "$.a['__proto__']", 1, '{"a":{"__proto__":1}}'],
  ])('%s, %s to %j', (text, path, value, after) => expect(set(text, path, value)).toBe(after));

  it.each([
    ['{"a":1,"b":2}', '$.a', '{"b":2}'],
    ['[1,2,3,4]', '$[1,2]', '[1,4]'],
    ['{"a":[{"s":1,"t":2}]}', '$..s', '{"a":[{"t":2}]}'],
    ['{"a":1}', '$.zz', '{"a":1}'],
  ])('%s without %s', (text, path, after) => expect(remove(text, path)).toBe(after));

  it('keeps numbers that JavaScript cannot hold', () => {
    expect(set('{"id":12345678901234567890,"n":1.10}', '$.x', 1)).toBe(
      '{"id":12345678901234567890,"n":1.10,"x":1}',
    );
  });

  it.each(['$[', '$.a[?match(@.b, "x")]', '$.a[?search(@.b, "x")]', ''])('%j is refused', (path) => {
    expect(() => compilePath(path)).toThrow(/JSON path is not valid/);
  });

  it('refuses what is not JSON, and to remove everything', () => {
    expect(() => parseJson('{')).toThrow('The body is not JSON.');
    expect(() => remove('{}', '$')).toThrow(/whole document/);
  });
});

it('by patch, whole or not at all', () => {
  expect(
    jsonPatch({ a: [1] }, [
      { op: 'add', path: '/a/-', value: 2 },
      { op: 'move', from: '/a', path: '/b' },
    ]),
  ).toEqual({ b: [1, 2] });
  expect(() => jsonPatch({ a: 1 }, [{ op: 'test', path: '/a', value: 2 }])).toThrow(/JSON patch failed/);
  expect(() => jsonPatch({}, [{ op: 'remove', path: '/a' }])).toThrow(/JSON patch failed/);
});
