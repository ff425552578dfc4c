import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SortKey } from '#model/contract/contract.ts';
import type { SessionRow } from '#model/session.ts';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import { CaptureWriter } from './capture-writer.ts';
import { createCapture, openWriter } from './database.ts';
import { ListReader } from './list-reader.ts';
import { SegmentWriter } from './segments.ts';
import { ask, batchMaker, emptyIndex, temporaryFolder } from './testing.ts';

const COUNT = 60;
const stack = new DisposableStack();
let reader: ListReader;
const sessions = Array.from({ length: COUNT }, (_, i) =>
  makeSession({
    id: i + 1,
    method: i % 3 === 0 ? 'POST' : 'GET',
    url: `https://h${i % 4}.test/p${i % 7}`,
    status: i % 5 === 0 ? null : 200 + (i % 5),
    durationMs: (i * 7) % 11,
    responseBody: 'x'.repeat(i % 6),
    ...(i % 5 === 0 ? { failure: { code: 'reset' as const, detail: 'It was cut.' } } : {}),
    facts: i % 3 === 0 ? {} : { process: `program-${i % 4}` },
    ...(i % 9 === 1 ? { state: 'active' as const } : {}),
    responseHeaders: i % 4 === 0 ? [] : [['Content-Type', `text/${i % 4}`]],
  }),
);
beforeAll(() => {
  const path = `${stack.use(temporaryFolder()).path}/a.sluice`;
  createCapture(path);
  const db = stack.use(openWriter(path));
  const writer = new CaptureWriter(db, stack.use(new SegmentWriter(path, 1e6)));
  writer.write(batchMaker()(...sessions.flatMap((session) => [...eventsOf(session)])));
  db.exec('UPDATE sessions SET findings = id % 3, severity = id % 4 WHERE id % 2');
  reader = new ListReader(db, () => COUNT);
});
afterAll(() => stack.dispose());

/** What each order compares, with what stands for a missing value. */
const SORTED_BY: Record<SortKey, (row: SessionRow) => (string | number)[]> = {
  id: () => [],
  method: (row) => [row.method],
  status: (row) => [row.status ?? 0],
  protocol: (row) => [row.httpVersion],
  host: (row) => [row.host],
  path: (row) => [row.path],
  time: (row) => [row.startedAt],
  type: (row) => [row.mime ?? ''],
  process: (row) => [row.process ?? ''],
  size: (row) => [row.responseBodySize],
  duration: (row) => [row.durationMs ?? -1],
  findings: (row) => [['info', 'low', 'medium', 'high'].indexOf(row.severity ?? '') + 1, row.findings],
};

function inOrder(rows: readonly SessionRow[], by: SortKey): SessionRow[] {
  const keys = (row: SessionRow) => [...SORTED_BY[by](row), row.id];
  return [...rows].sort((a, b) => {
    const [left, right] = [keys(a), keys(b)];
    const at = left.findIndex((key, i) => key !== right[i]);
    return at < 0 ? 0 : (left[at] ?? 0) < (right[at] ?? 0) ? -1 : 1;
  });
}

describe('a window', () => {
  it.each(SortKey.options)('is in the order of %s, both ways, ties by id', (by) => {
    const { rows } = reader.query(ask());
    const expected = inOrder(rows, by).map((row) => row.id);
    const up = ask('', { order: { by, descending: false } });
    const down = ask('', { order: { by, descending: true } });
    expect(reader.query(up).rows.map((row) => row.id)).toEqual(expected);
    expect(reader.ids(down)).toEqual(expected.toReversed());
    for (const [at, id] of expected.entries()) {
      expect(reader.position(up, id)).toBe(at);
      expect(reader.position(down, id)).toBe(COUNT - 1 - at);
    }
  });

  it('is a part of the whole, with the count of what matches', () => {
    const filter = 'method:post status!=204';
    const order = { by: 'host' as const, descending: true };
    const whole = reader.query(ask(filter, { order }));
    const part = reader.query(ask(filter, { order, offset: 3, limit: 4 }));
    expect(part.rows).toEqual(whole.rows.slice(3, 7));
    expect(part).toMatchObject({ matched: whole.rows.length, total: COUNT });
    expect(whole.rows.length).toBe(
      sessions.filter(({ session }) => session.row.method === 'POST' && session.row.status !== 204).length,
    );
    expect(reader.ids(ask(filter, { order, offset: 3, limit: 4 }))).toEqual(part.rows.map((row) => row.id));
    expect(reader.query(ask(filter, { offset: 1000 })).rows).toEqual([]);
    expect(reader.query(ask('', { limit: 0 }))).toMatchObject({ rows: [], matched: COUNT });
  });

  it('has a position only for what is in it', () => {
    const post = ask('method:post');
    expect(reader.position(post, 4)).toBe(1);
    expect(reader.position(post, 2)).toBe(-1);
    expect(reader.position(post, 999)).toBe(-1);
  });
});

it('shows rows as they were told, by words and whole URLs', () => {
  const rows = reader.query(ask()).rows.map(({ findings: _, severity: __, ...row }) => row);
  expect(rows).toEqual(
    sessions.map(({ session }) => {
      const { findings: _, ...row } = session.row;
      return row;
    }),
  );
});

describe('a long count', () => {
  const MANY = 40_000;
  /** Every hundredth of many sessions is a 404. */
  function manySessions() {
    const db = emptyIndex();
    db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})
      INSERT INTO sessions (id, kind, source, state, started_at, method, origin, path, status, http_version, mime,
          request_size, response_size, messages, error, segment, position, length)
        SELECT i, 0, 0, 1, 1e12, 0, 0, '/' || i, iif(i % 100, 200, 404), 0, 0, 0, 0, 0, 0, 1, 0, 0 FROM n`);
    db.exec("INSERT INTO origins VALUES (0, '', 'http', 'a.test', 1)");
    return { db, reader: new ListReader(db, () => MANY), [Symbol.dispose]: () => db.close() };
  }
  const rare = ask('status:404', { order: { by: 'id', descending: true }, limit: 50 });

  it('comes in steps: the page first, then more and more of the count, each time from where it was', () => {
    using many = manySessions();
    const first = many.reader.step(rare, 0);
    expect(first.rows).toHaveLength(50);
    expect(first).toMatchObject({ counted: false, total: MANY });
    expect(first.matched).toBeLessThan(MANY / 100);
    let before = 0;
    let steps = 0;
    for (let page = first; !page.counted; steps++) {
      expect(page.matched).toBeGreaterThanOrEqual(before);
      expect(page.rows).toEqual(first.rows);
      before = page.matched;
      page = many.reader.step(rare, 0.001);
      if (page.counted) expect(page.matched).toBe(MANY / 100);
    }
    expect(steps).toBeGreaterThan(1);
    expect(many.reader.step(rare, 0).counted).toBe(true);
  });

  it('is taken anew only where something changed', () => {
    using many = manySessions();
    many.reader.query(rare);
    many.db.exec('UPDATE sessions SET status = 404 WHERE id IN (7, 8)');
    many.reader.changed([7, 8], []);
    expect(many.reader.query(rare).matched).toBe(MANY / 100 + 2);
    many.db.exec('DELETE FROM sessions WHERE id <= 20000');
    many.reader.forget();
    expect(many.reader.query(rare).matched).toBe(MANY / 200);
    expect(many.reader.position(rare, MANY)).toBe(0);
    expect(many.reader.position({ ...rare, order: { by: 'id', descending: false } }, MANY)).toBe(
      MANY / 200 - 1,
    );
  });

  it('finds pages far down, and none beyond the end', () => {
    using many = manySessions();
    const page = (offset: number) =>
      many.reader.query({ ...rare, offset, limit: 2 }).rows.map(({ id }) => id);
    expect(page(0)).toEqual([40_000, 39_900]);
    expect(page(250)).toEqual([15_000, 14_900]);
    expect(page(399)).toEqual([100]);
    expect(page(400)).toEqual([]);
    expect(many.reader.ids(ask('', { offset: 39_998, limit: 5 }))).toEqual([39_999, 40_000]);
  });
});
