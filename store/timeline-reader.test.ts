import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { addFilterFunctions } from './filter-functions.ts';
import { BLOCK_IDS, Blocks, blockOf } from './match-counts.ts';
import { ask, emptyIndex, putRow } from './testing.ts';
import { spanWidth, TimelineReader } from './timeline-reader.ts';
import { Verdicts } from './verdicts.ts';

const FAILED = { code: 'reset', detail: 'The server reset the connection.' } as const;

let db: DatabaseSync;
let timeline: TimelineReader;
let verdicts: Verdicts;
beforeEach(() => {
  db = emptyIndex();
  verdicts = new Verdicts();
  addFilterFunctions(db, verdicts);
  timeline = new TimelineReader(db, new Blocks(db));
});
afterEach(() => db.close());

const put = (id: number, startedAt: number, more: Parameters<typeof makeSession>[0] = {}) =>
  putRow(db, makeSession({ id, startedAt, ...more }).session.row);
const asked = (filter = '', more: { from?: number; to?: number; spans?: number } = {}) =>
  timeline.step({ filter: ask(filter).filter, spans: 11, ...more }, Number.POSITIVE_INFINITY);

describe('spans', () => {
  it.each([
    [10, 11, 1],
    [1000, 11, 100],
    [1001, 11, 200],
    [3_600_000, 61, 60_000],
    [365 * 86_400_000, 2, 392 * 86_400_000],
    [5, 1, 5],
  ])('of %d ms in %d are of %d ms', (ms, spans, width) => expect(spanWidth(ms, spans)).toBe(width));
});

describe('the timeline', () => {
  beforeEach(() => {
    put(1, 1000, { status: 200 });
    put(2, 1050, { status: 404 });
    put(3, 1099, { status: 500, method: 'POST' });
    put(4, 1450, { failure: FAILED, status: null });
    put(BLOCK_IDS + 5, 1999, { status: 302 });
  });

  it('tells what became of what began when, over the whole capture', () => {
    expect(asked()).toEqual({
      counted: true,
      timeline: {
        extent: { first: 1000, last: 1999 },
        start: 1000,
        width: 100,
        fine: [1, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        refused: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        failed: [1, 0, 0, 0, 1, 0, 0, 0, 0, 0],
      },
    });
  });

  it('of a filter has the same spans', () => {
    expect(asked('method:POST').timeline).toMatchObject({
      extent: { first: 1000, last: 1999 },
      start: 1000,
      fine: blank(10),
      failed: [1, ...blank(9)],
    });
  });

  it('of a range is finer, and reads only the blocks that have some of it', () => {
    expect(asked('', { from: 1040, to: 1060 }).timeline).toMatchObject({
      start: 1040,
      width: 2,
      refused: [0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
    });
  });

  it('follows what comes', () => {
    asked();
    put(BLOCK_IDS + 6, 2001);
    timeline.changed([blockOf(BLOCK_IDS + 6)]);
    expect(asked().timeline).toMatchObject({ extent: { last: 2001 }, width: 200 });
    db.exec('DELETE FROM sessions');
    timeline.forget();
    expect(asked()).toEqual({
      counted: true,
      timeline: { start: 0, width: 1, fine: [], refused: [], failed: [] },
    });
  });

  it('leaves out sessions on which the filter is not answered yet, and takes times before now as they are now', () => {
    const { filter } = ask('body:x');
    expect(timeline.step({ filter, spans: 11 }, 1000).timeline.fine).toEqual(blank(10));
    expect(asked('time>-1s').timeline.fine).toEqual(blank(10));
    expect(asked('time<-1s').timeline.fine).toEqual([1, ...blank(8), 1]);
  });

  it('goes in steps', () => {
    const { filter } = ask();
    const steps = Array.from({ length: 3 }, () => timeline.step({ filter, spans: 11 }, 0).counted);
    expect(steps).toContain(false);
    expect(steps.at(-1)).toBe(true);
  });
});

const blank = (length: number) => new Array<number>(length).fill(0);
