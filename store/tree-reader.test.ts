import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseFilter } from '#model/filter/parse.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { filterSql } from './filter-sql.ts';
import { BLOCK_IDS, Blocks, blockOf } from './match-counts.ts';
import { emptyIndex, putRow } from './testing.ts';
import { TreeReader } from './tree-reader.ts';

let db: DatabaseSync;
let tree: TreeReader;
let id: number;
beforeEach(() => {
  db = emptyIndex();
  tree = new TreeReader(db, new Blocks(db));
  id = 0;
});
afterEach(() => db.close());

type Given = Parameters<typeof makeSession>[0];
function put(url: string, more: Given = {}): number {
  id += 1;
  putRow(db, makeSession({ id, url, ...more }).session.row);
  return id;
}

/** A level as text: "name sessions/errors", with ">" where there is more inside. */
function level(host?: string, ...path: string[]): string[] {
  const { levels } = tree.step(host === undefined ? [] : [{ host, path }], Number.POSITIVE_INFINITY);
  const told = host === undefined ? levels[0] : levels[1];
  return (told?.branches ?? []).map(
    ({ name, sessions, errors, inner }) => `${name} ${sessions}/${errors}${inner ? ' >' : ''}`,
  );
}

describe('the tree', () => {
  beforeEach(() => {
    put('https://api.test/v2/orders/1');
    put('http://api.test/v2/orders/2?next=/x/y', { status: 404 });
    put('https://api.test/v2/orders');
    put('https://api.test/v2/session#a/b', { status: 503 });
    put('https://api.test/');
    put('https://api.test:8443/v2/cart');
    put('https://b.test/v2x/orders/7f3a9c1e-0b5d-4f7e-9a7c-2d6b8e1f4a55/items');
  });

  it('begins with hosts, one for both of the ports that URLs do not name', () => {
    expect(level()).toEqual(['api.test 5/2 >', 'api.test:8443 1/0 >', 'b.test 1/0 >']);
  });

  it('goes down by segments, without queries', () => {
    expect(level('api.test')).toEqual(['v2 4/2 >', ' 1/0']);
    expect(level('api.test', 'v2')).toEqual(['orders 3/1 >', 'session 1/1']);
    expect(level('api.test:8443')).toEqual(['v2 1/0 >']);
    expect(level('nobody.test')).toEqual([]);
  });

  it('has one branch for segments that name one thing among many, and goes on below it', () => {
    expect(level('api.test', 'v2', 'orders')).toEqual(['{id} 2/1']);
    expect(level('b.test', 'v2x', 'orders', '{id}')).toEqual(['items 1/0']);
    expect(level('b.test', 'v2', 'orders', '{id}')).toEqual([]);
  });

  it('answers several levels at once', () => {
    const { levels, counted } = tree.step(
      [
        { host: 'b.test', path: [] },
        { host: 'api.test', path: ['v2'] },
      ],
      Number.POSITIVE_INFINITY,
    );
    expect(counted).toBe(true);
    expect(levels.map(({ of, branches }) => [of?.host, branches.length])).toEqual([
      [undefined, 3],
      ['b.test', 1],
      ['api.test', 2],
    ]);
  });

  it('counts what filters of the same places find', () => {
    const count = (text: string) => {
      const parsed = parseFilter(text);
      if (!parsed.ok) throw new Error(parsed.problem.message);
      const { sql, params } = filterSql(parsed.filter);
      // Without templates SQL alone says it.
      expect(sql).not.toContain('sluice_test');
      return db.prepare(`SELECT count(*) AS n FROM sessions WHERE ${sql}`).get(...params)?.n;
    };
    expect(count('host=api.test port in (80, 443) under=/v2')).toBe(4);
    expect(count('host=api.test port in (80, 443) under=/v2/orders')).toBe(3);
    expect(count('host=api.test port in (80, 443) under=/')).toBe(1);
    expect(count('under!=/v2')).toBe(2);
  });
});

describe('a branch', () => {
  it('tells errors, findings and the gravest of them', () => {
    put('https://a.test/x', { failure: { code: 'reset', detail: 'Reset.' }, status: null });
    db.exec('UPDATE sessions SET findings = 2, severity = 2');
    const last = put('https://a.test/y');
    db.exec(`UPDATE sessions SET findings = 1, severity = 4 WHERE id = ${last}`);
    const { levels } = tree.step([], Number.POSITIVE_INFINITY);
    expect(levels[0]).toEqual({
      branches: [{ name: 'a.test', sessions: 2, errors: 1, findings: 3, severity: 'high', inner: true }],
      more: 0,
    });
  });
});

describe('live', () => {
  it('counts the blocks again in which something has changed, and goes in steps', () => {
    put('https://a.test/x');
    id = 3 * BLOCK_IDS;
    put('https://b.test/x');
    expect(tree.step([], 0).counted).toBe(false);
    expect(tree.step([], 0).counted).toBe(true);
    const added = put('https://b.test/y');
    expect(level()).toEqual(['a.test 1/0 >', 'b.test 1/0 >']);
    tree.changed([blockOf(added)]);
    expect(level()).toEqual(['b.test 2/0 >', 'a.test 1/0 >']);
    db.exec('DELETE FROM sessions');
    tree.forget();
    expect(level()).toEqual([]);
  });

  it('tells the largest of too many, and how many sessions the others have', () => {
    db.exec('BEGIN');
    for (let i = 0; i < 600; i++)
      put(`https://host-${'x'.repeat(i % 7)}${String.fromCharCode(97 + (i % 26))}z${i}.test/`);
    put('https://large.test/');
    put('https://large.test/');
    db.exec('COMMIT');
    const { levels } = tree.step([], Number.POSITIVE_INFINITY);
    expect(levels[0]?.branches[0]).toMatchObject({ name: 'large.test', sessions: 2 });
    expect(levels[0]?.branches).toHaveLength(500);
    expect(levels[0]?.more).toBe(101);
  });
});
