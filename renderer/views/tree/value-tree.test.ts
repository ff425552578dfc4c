import { describe, expect, it } from 'vitest';
import { bytesText, jsonPath } from './tree-node.ts';
import { valueTree } from './value-tree.ts';

const shown = (value: unknown) => {
  const { kind, text, count } = valueTree(value);
  return count === undefined ? `${kind} ${text}` : `${kind} of ${count}`;
};

describe('values as a tree', () => {
  it.each([
    ['a', 'string a'],
    [1.5, 'number 1.5'],
    [12345678901234567890n, 'number 12345678901234567890'],
    [true, 'boolean true'],
    [null, 'null null'],
    [undefined, 'null undefined'],
    [new Date(0), 'string 1970-01-01T00:00:00.000Z'],
    [new Date(Number.NaN), 'string invalid date'],
    [Uint8Array.of(1, 255), 'bytes 01 ff'],
    [[1, 2, 3], 'array of 3'],
    [{ a: 1 }, 'object of 1'],
    [{}, 'object of 0'],
  ])('%s', (value, expected) => {
    expect(shown(value)).toBe(expected);
  });

  it('takes maps whose keys are no text', () => {
    const map = new Map<unknown, unknown>([
      [1, 'one'],
      [Uint8Array.of(2), 'two'],
      ['three', 3],
    ]);
    const children = valueTree(map).children?.() ?? [];
    expect(children.map(({ key }) => key)).toEqual(['1', '02', 'three']);
  });

  it('numbers the entries of arrays, and an empty container has nothing to open', () => {
    expect(valueTree(['x']).children?.()[0]).toMatchObject({ key: 0, text: 'x' });
    expect(valueTree([]).children).toBeUndefined();
  });
});

describe('words of the tree', () => {
  it('writes paths as RFC 9535 does', () => {
    expect(jsonPath([])).toBe('$');
    expect(jsonPath(['users', 0, 'name'])).toBe('$.users[0].name');
    expect(jsonPath(['first name', "it's"])).toBe("$['first name']['it\\'s']");
  });

  it('cuts long bytes and says how many there are', () => {
    expect(bytesText(new Uint8Array(3))).toBe('00 00 00');
    expect(bytesText(new Uint8Array(100))).toMatch(/^(00 ){32}… \(100 bytes\)$/);
  });
});
