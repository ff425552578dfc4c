import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonTree } from './json-tree.ts';
import type { TreeNode } from './tree-node.ts';

/** The value a tree stands for, so that it can be compared. */
function plain(node: TreeNode): unknown {
  const children = () => node.children?.() ?? [];
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(children().map((child) => [child.key, plain(child)]));
    case 'array':
      return children().map(plain);
    case 'string':
      return node.text;
    default:
      return JSON.parse(node.text);
  }
}
const keys = (node: TreeNode) => node.children?.().map(({ key }) => key);

describe('a JSON tree', () => {
  it('says the same as the parser does, of anything', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (json, indent) => {
        const value = JSON.parse(json);
        // As an own property; only assignment treats it differently.
        fc.pre(!json.includes('__proto__'));
        expect(plain(jsonTree(JSON.stringify(value, null, indent)))).toEqual(value);
      }),
    );
  });

  it('keeps what a parser would lose: long numbers, duplicates, order, escapes as they are', () => {
    const tree = jsonTree('{"b":12345678901234567890,"1":1.0,"a":1,"a":2}');
    expect(keys(tree)).toEqual(['b', '1', 'a', 'a']);
    expect(tree.children?.().map(({ text }) => text)).toEqual(['12345678901234567890', '1.0', '1', '2']);
    expect(jsonTree('"\\u0041\\n"').text).toBe('A\n');
    expect(jsonTree('"\\x"').text).toBe('\\x');
    expect(jsonTree('{"a":[1, 2]}').children?.()[0]?.source?.()).toBe('[1, 2]');
  });

  it('reads several values in a row, and what some servers put in front', () => {
    expect(keys(jsonTree('{"a":1}\n{"a":2}\n'))).toEqual([0, 1]);
    expect(keys(jsonTree(')]}\',\n{"a":1}'))).toEqual(['a']);
    expect(keys(jsonTree('\uFEFF[1,2]'))).toEqual([0, 1]);
  });

  it('opens a level at a time, so that a fault deep inside shows only there', () => {
    const [broken, good] = jsonTree('[{"a" 1},{"b":2}]').children?.() ?? [];
    expect(() => broken?.children?.()).toThrow('a colon should stand here');
    expect(keys(good as TreeNode)).toEqual(['b']);
  });

  it.each(['', '{', '[1', '"abc', '[1 2]', '{a:1}', 'nope', '[,]', '[1,]', '{"a":1,}'])(
    'refuses %j',
    (text) => {
      expect(() => jsonTree(text).children?.()).toThrow('not JSON at character');
    },
  );

  it('is not exhausted by nesting', () => {
    const depth = 200_000;
    let node: TreeNode | undefined = jsonTree('['.repeat(depth) + ']'.repeat(depth));
    for (let i = 0; i < 50; i += 1) [node] = node?.children?.() ?? [];
    expect(node?.kind).toBe('array');
  });
});
