import { describe, expect, it } from 'vitest';
import { jsonTree } from './json-tree.ts';
import { Children, findInTree, firstOpen, keysTo, openedTo, parentOf, rowsOf } from './tree-rows.ts';

const JSON_TEXT = '{"users":[{"name":"Ada","tags":["x","y"]},{"name":"Bob","tags":[]}],"next":null}';
const setUp = (text = JSON_TEXT) => ({ root: jsonTree(text), children: new Children() });
const draw = (text: string, open: readonly string[]) => {
  const { root, children } = setUp(text);
  return rowsOf(root, new Set(open), children).map(({ level, node, open: isOpen }) =>
    `${'  '.repeat(level - 1)}${isOpen ? '-' : node.children ? '+' : ' '}${node.key} ${node.text}`.trimEnd(),
  );
};

describe('the rows of a tree', () => {
  it('are the children of the root, and of what is open', () => {
    expect(draw(JSON_TEXT, [])).toEqual(['+users', ' next null']);
    expect(draw(JSON_TEXT, ['0', '0.0'])).toEqual([
      '-users',
      '  -0',
      '     name Ada',
      '    +tags',
      '  +1',
      ' next null',
    ]);
  });

  it('tell how many siblings there are and which one this is', () => {
    const { root, children } = setUp();
    expect(rowsOf(root, new Set(), children)[1]).toMatchObject({ position: 2, siblings: 2, level: 1 });
  });

  it('of a single value are itself', () => {
    expect(draw('"only"', [])).toEqual([' undefined only']);
  });

  it('say why what is inside cannot be read', () => {
    expect(draw('{"a":{"b" 1}}', ['0'])[1]).toContain('a colon should stand here');
  });

  it('make children once', () => {
    const { root, children } = setUp();
    expect(children.of('', root)).toBe(children.of('', root));
  });
});

describe('what is open at first', () => {
  it('is all of a small body', () => {
    const { root, children } = setUp();
    expect([...firstOpen(root, children)]).toEqual(['0', '0.0', '0.1', '0.0.1']);
  });

  it('is no more than fits, of a large one', () => {
    const { root, children } = setUp(
      JSON.stringify({ many: Array.from({ length: 500 }, () => [1]), few: [1] }),
    );
    expect([...firstOpen(root, children)]).toEqual(['1']);
  });
});

describe('finding', () => {
  it('looks at names and values in any case, in order', () => {
    const { root, children } = setUp();
    expect(findInTree(root, 'NAME', children).places).toEqual(['0.0.0', '0.1.0']);
    expect(findInTree(root, 'bob', children).places).toEqual(['0.1.0']);
    expect(findInTree(root, '', children).places).toEqual([]);
  });

  it('ends where a window would have to wait, and says so', () => {
    const { root, children } = setUp(JSON.stringify(Array.from({ length: 200_001 }, () => 'x')));
    const { places, cut } = findInTree(root, 'x', children);
    expect(cut).toBe(true);
    expect(places.length).toBeGreaterThan(100_000);
  });

  it('opens what is above', () => {
    expect([...openedTo(new Set(['7']), '0.1.0')]).toEqual(['7', '0.1', '0']);
    expect(parentOf('0')).toBe('');
  });
});

describe('the way to a place', () => {
  it('is the names on it', () => {
    const { root, children } = setUp();
    expect(keysTo(root, '0.1.0', children)).toEqual(['users', 1, 'name']);
    expect(keysTo(root, '', children)).toEqual([]);
    expect(keysTo(root, '9.9', children)).toEqual([]);
  });
});
