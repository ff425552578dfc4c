import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPathAt, jsonText, parseJsonPath, selectJson } from './json-path.ts';

const document = {
  id: 1,
  'odd name': 'x',
  user: { name: 'Mia', tags: ['a', 'b'], id: 2 },
  items: [{ id: 3, price: 9.5 }, { id: 4, price: null, user: { id: 5 } }, 'text'],
};
const select = (path: string) => selectJson(document, parseJsonPath(path) ?? []);

describe('a path selects', () => {
  it.each<[string, unknown[]]>([
    ['$', [document]],
    ['$.id', [1]],
    ['id', [1]],
    ['$.user.name', ['Mia']],
    ['user.name', ['Mia']],
    ["$['odd name']", ['x']],
    ['$["user"][\'name\']', ['Mia']],
    ['$.items[0].id', [3]],
    ['$.items[-1]', ['text']],
    ['$.items[-4]', []],
    ['$.items[7]', []],
    ['$.items[*].price', [9.5, null]],
    ['$.user.*', ['Mia', ['a', 'b'], 2]],
    ['$.user.tags[*]', ['a', 'b']],
    ['$..id', [1, 2, 3, 4, 5]],
    ['$.items..id', [3, 4, 5]],
    ['$..[0]', ['a', { id: 3, price: 9.5 }]],
    ['$.nothing.here', []],
    ['$.id.more', []],
    ['$.items.id', []],
    ['$.user[0]', []],
    ['$.toString', []],
    ['$.user.constructor', []],
  ])('%s', (path, values) => {
    expect(select(path).toSorted()).toEqual(values.toSorted());
  });

  it('members whose names are numbers', () => {
    expect(selectJson({ 0: 'a' }, parseJsonPath('$[0]') ?? [])).toEqual(['a']);
  });
});

describe('a path', () => {
  it.each(['', '.', '$.', '$a', '$.a.', '$.a[', '$.a[b]', '$.a]', '$.a b', '$.[0]', '$[]', 'a[0'])(
    'is not %s',
    (text) => {
      expect(parseJsonPath(text)).toBeUndefined();
    },
  );

  it('ends where what follows is none of it', () => {
    expect(jsonPathAt('x $.a[0].b>=3', 2)?.end).toBe(10);
    expect(jsonPathAt('$..a~x', 0)?.end).toBe(4);
    expect(jsonPathAt('=3', 0)).toBeUndefined();
  });

  it('takes time in proportion to its text', () => {
    const begun = performance.now();
    for (const piece of ['.a', '[0]', "['", '..', '[', '$']) jsonPathAt(piece.repeat(50_000), 0);
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

it('however deep or wide the document, selecting ends', () => {
  let deep: unknown = 1;
  for (let i = 0; i < 50_000; i++) deep = [deep];
  expect(selectJson(deep, parseJsonPath('$..a') ?? [])).toEqual([]);
  const wide = Array.from({ length: 300_000 }, () => ({ a: 1 }));
  expect(selectJson(wide, parseJsonPath('$..a') ?? []).length).toBeGreaterThan(10_000);
});

it('selecting from anything never throws', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('$..*', '$[0]', '$.a..b', '$[-1].x', '$.*.*'),
      (value, path) => {
        expect(Array.isArray(selectJson(value, parseJsonPath(path) ?? []))).toBe(true);
      },
    ),
  );
});

it('values are compared as text as they stand, the rest as JSON', () => {
  expect(['a', 1, true, null, [1], { a: 1 }].map(jsonText)).toEqual([
    'a',
    '1',
    'true',
    'null',
    '[1]',
    '{"a":1}',
  ]);
});
