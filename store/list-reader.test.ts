import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SortKey } from '#model/contract/contract.ts';
import type { SessionRow } from '#model/session.ts';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import { CaptureWriter } from './capture-writer.ts';
import { createCapture, openWriter } from './database.ts';
import { addFilterFunctions } from './filter-functions.ts';
import { ListReader } from './list-reader.ts';
import { SegmentWriter } from './segments.ts';
import { ask, batchMaker, temporaryFolder } from './testing.ts';
import { Verdicts } from './verdicts.ts';

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
  addFilterFunctions(db, new Verdicts());
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
  type: (row) => [row.mime ?? ''],
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
