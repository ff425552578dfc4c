import { describe, expect, it } from 'vitest';
import type { Branch, BranchLevel } from '#model/contract/tree.ts';
import { closed, opened, treeMove, treeRows } from './tree-rows.ts';

const branch = (name: string, inner = true): Branch => ({ name, sessions: 1, errors: 0, findings: 0, inner });
const place = (host: string, ...path: string[]) => ({ host, path });
const LEVELS: readonly BranchLevel[] = [
  { branches: [branch('cdn.test', false), branch('api.test')], more: 0 },
  { of: place('api.test'), branches: [branch('v2'), branch('', false)], more: 0 },
  { of: place('api.test', 'v2'), branches: [branch('orders', false)], more: 0 },
];
const OPEN = [place('api.test'), place('api.test', 'v2')];
const text = (rows: ReturnType<typeof treeRows>) =>
  rows.map(
    ({ place: { host, path }, level, position, siblings }) =>
      `${level} ${[host, ...path].join('/')} ${position}/${siblings}`,
  );

describe('the rows', () => {
  it('are the hosts and what is open below them, by name', () => {
    expect(text(treeRows(LEVELS, OPEN))).toEqual([
      '1 api.test 1/2',
      '2 api.test/ 1/2',
      '2 api.test/v2 2/2',
      '3 api.test/v2/orders 1/1',
      '1 cdn.test 2/2',
    ]);
    expect(text(treeRows(LEVELS, []))).toEqual(['1 api.test 1/2', '1 cdn.test 2/2']);
  });

  it('of what is open but not known yet are none', () => {
    const [host] = treeRows(LEVELS.slice(0, 1), [place('api.test')]);
    expect(host?.open).toBe(true);
    expect(treeRows([], OPEN)).toEqual([]);
    expect(treeRows(LEVELS, [place('cdn.test')]).at(-1)?.open).toBe(false);
  });
});

describe('keys', () => {
  const rows = treeRows(LEVELS, OPEN);
  const move = (key: string, ...at: string[]) =>
    treeMove(key, rows, at.length ? place(at[0] ?? '', ...at.slice(1)) : undefined, 3);

  it.each([
    ['ArrowDown', [], { to: place('api.test') }],
    ['ArrowDown', ['api.test'], { to: place('api.test', '') }],
    ['ArrowDown', ['cdn.test'], { to: place('cdn.test') }],
    ['ArrowUp', ['api.test', 'v2'], { to: place('api.test', '') }],
    ['PageDown', ['api.test'], { to: place('api.test', 'v2', 'orders') }],
    ['PageUp', ['cdn.test'], { to: place('api.test', '') }],
    ['Home', ['cdn.test'], { to: place('api.test') }],
    ['End', ['api.test'], { to: place('cdn.test') }],
    ['ArrowRight', ['api.test'], { to: place('api.test', '') }],
    ['ArrowRight', ['cdn.test'], undefined],
    ['ArrowLeft', ['api.test', 'v2', 'orders'], { to: place('api.test', 'v2') }],
    ['ArrowLeft', ['api.test', 'v2'], { close: place('api.test', 'v2') }],
    ['ArrowLeft', ['cdn.test'], undefined],
    ['c', ['api.test'], { to: place('cdn.test') }],
    ['A', ['cdn.test'], { to: place('api.test') }],
    ['z', ['cdn.test'], undefined],
    ['Tab', ['cdn.test'], undefined],
  ] as const)('%s at %j: %j', (key, at, expected) => expect(move(key, ...at)).toEqual(expected));

  it('opens what is closed', () => {
    expect(treeMove('ArrowRight', treeRows(LEVELS, []), place('api.test'), 3)).toEqual({
      open: place('api.test'),
    });
    expect(treeMove('ArrowDown', [], undefined, 3)).toBeUndefined();
  });
});

it('opening is done once, closing closes what is inside', () => {
  expect(opened(OPEN, place('api.test'))).toEqual(OPEN);
  expect(opened([], place('a'))).toEqual([place('a')]);
  expect(closed([...OPEN, place('api.test2')], place('api.test'))).toEqual([place('api.test2')]);
  expect(closed(OPEN, place('api.test', 'v2'))).toEqual([place('api.test')]);
});
