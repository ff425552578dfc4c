import type { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SortKey } from '#model/contract/contract.ts';
import { filterSql } from './filter-sql.ts';
import { SortOrders } from './sort-orders.ts';
import { ask, emptyIndex } from './testing.ts';

const COUNT = 21_000;
const all = filterSql({ type: 'all' });
const some = filterSql(ask('status:200').filter);
const rare = filterSql(ask('id<100').filter);
let db: DatabaseSync;
let plain: SortOrders;
let indexed: SortOrders;

const keys = SortKey.options.filter((key) => key !== 'id');
beforeAll(() => {
  db = emptyIndex();
  // Texts in another order than their numbers, one of them twice.
  db.exec(`
    INSERT INTO texts VALUES (1, 'b'), (2, 'a'), (3, 'c'), (4, 'b');
    INSERT INTO origins VALUES (5, '', 'https', 'z.test', 1), (6, '', 'https', 'a.test', 1), (7, '', 'http', 'z.test', 1);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${COUNT})
    INSERT INTO sessions (id, kind, source, state, started_at, duration_ms, method, origin, path, status, http_version, mime,
        request_size, response_size, messages, error, segment, position, length, findings, severity)
      SELECT i, 0, 0, 1, 1e12 - i % 50, nullif(i * 7919 % 1000, 3), 1 + i % 4, 5 + i * 7 % 3, '/p/' || (i * 31 % 777),
        nullif(200 + i % 3, 202), 1 + i % 2, i % 5, 0, i * 13 % 5000, 0, 0, 1, 0, 0, i % 3, i % 4 FROM n`);
  plain = new SortOrders(db, false);
  indexed = new SortOrders(db, true);
});
afterAll(() => db.close());

const asked = (by: SortKey, descending: boolean, offset: number, limit = 20) => ({
  condition: all,
  order: { by, descending },
  offset,
  limit,
  total: COUNT,
  matched: COUNT,
});

describe.each(keys)('the order of %s', (by) => {
  it('is the same with its index and without, at every depth, both ways', () => {
    for (const offset of [0, 5, 1000, COUNT - 7, COUNT + 5]) {
      for (const descending of [false, true]) {
        const query = asked(by, descending, offset);
        const expected = plain.ids(query);
        // The first time it is sorted, and an index is asked for.
        expect(indexed.ids(query)).toEqual(expected);
        if (indexed.wantsIndex) indexed.makeWanted();
        expect(indexed.ids(query)).toEqual(expected);
        const dense = { ...query, condition: some, matched: COUNT / 3 };
        expect(indexed.ids(dense)).toEqual(plain.ids(dense));
      }
    }
    expect(indexed.wantsIndex).toBe(false);
    expect(plain.wantsIndex).toBe(false);
  });

  it('turns round when it is descending, and knows the place of each', () => {
    const up = plain.ids(asked(by, false, 0, COUNT));
    expect(up).toHaveLength(COUNT);
    expect(plain.ids(asked(by, true, 0, COUNT))).toEqual(up.toReversed());
    for (const at of [0, 1, 10_500, COUNT - 1]) {
      expect(indexed.position(all, { by, descending: false }, up[at] ?? 0)).toBe(at);
      expect(indexed.position(all, { by, descending: true }, up[at] ?? 0)).toBe(COUNT - 1 - at);
    }
    expect(indexed.position(rare, { by, descending: false }, 20_000)).toBe(-1);
  });
});

describe('an index', () => {
  it('is not made for a short list, nor used for a filter that passes few', () => {
    const orders = new SortOrders(db, true);
    orders.ids({ ...asked('path', false, 0), total: 100, matched: 100 });
    expect(orders.wantsIndex).toBe(false);
    expect(orders.ids({ ...asked('path', false, 0), condition: rare, matched: 99 })).toEqual(
      plain.ids({ ...asked('path', false, 0), condition: rare, matched: 99 }),
    );
    // Which one was asked for is made, once.
    expect(orders.wantsIndex).toBe(true);
    orders.makeWanted();
    orders.makeWanted();
    orders.dropAll();
  });

  it('goes when the capture is closed', () => {
    indexed.dropAll();
    const left = db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'sort_%'").all();
    expect(left).toEqual([]);
    expect(indexed.ids(asked('host', false, 0))).toEqual(plain.ids(asked('host', false, 0)));
  });
});
