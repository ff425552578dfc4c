import { describe, expect, it } from 'vitest';
import type { SessionRow } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { NO_SELECTION, selectOne, selectRange } from '../../state/selection.ts';
import { followRows as follow, type KnownRows, type Place } from './follow-rows.ts';

const row = (id: number): SessionRow => makeSession({ id }).session.row;
const followRows = (place: Place, rows: KnownRows, removed: number[] = []) =>
  follow({ ...place, removed: new Set(removed) }, rows);

/** A list whose known rows are at these indexes. */
function list(known: Readonly<Record<number, SessionRow>>, matched = 100): KnownRows {
  return {
    matched,
    rowAt: (index) => known[index],
    find(id) {
      const entry = Object.entries(known).find(([, one]) => one.id === id);
      return entry && { index: Number(entry[0]), row: entry[1] };
    },
  };
}

describe('following the cursor’s session', () => {
  const seven = row(7);

  it('does nothing while it stays where it is', () => {
    const place = { selection: selectOne(3, 7), current: seven };
    expect(followRows(place, list({ 3: seven }))).toBeUndefined();
    expect(followRows({ selection: NO_SELECTION, current: undefined }, list({ 3: seven }))).toBeUndefined();
  });

  it('takes in what changed of it', () => {
    const selection = selectRange(selectOne(1, 5), 3, [5, 6, 7]);
    const marked = { ...seven, mark: 2 };
    expect(followRows({ selection, current: seven }, list({ 3: marked }))).toEqual({
      selection,
      current: marked,
    });
  });

  it('goes with it when rows come before it, and keeps what else was selected', () => {
    const selection = selectRange(selectOne(1, 5), 3, [5, 6, 7]);
    const place = followRows({ selection, current: seven }, list({ 3: row(8), 4: seven }));
    expect(place).toEqual({
      selection: { ids: new Set([5, 6, 7]), cursor: 4, anchor: 4 },
      current: seven,
    });
  });

  it('asks when another session stands in its place', () => {
    expect(followRows({ selection: selectOne(3, 7), current: seven }, list({ 3: row(8) }))).toBe('ask');
  });

  it('asks when the list has become too short for it', () => {
    expect(followRows({ selection: selectOne(3, 7), current: seven }, list({}, 2))).toBe('ask');
  });

  it('waits while its place is out of sight', () => {
    expect(followRows({ selection: selectOne(90, 7), current: seven }, list({ 3: row(8) }))).toBeUndefined();
  });
});

describe('a cursor without its session', () => {
  it('takes the row that comes to it', () => {
    const place = { selection: selectOne(3, undefined), current: undefined };
    expect(followRows(place, list({ 2: row(6) }))).toBeUndefined();
    expect(followRows(place, list({ 3: row(7) }))).toEqual({ selection: selectOne(3, 7), current: row(7) });
  });

  it('leaves rows that have been removed, however long the list shows them', () => {
    const place = { selection: selectOne(3, undefined), current: undefined };
    expect(followRows(place, list({ 3: row(7) }), [7])).toBeUndefined();
    expect(followRows(place, list({ 3: row(8) }), [7])).toEqual({
      selection: selectOne(3, 8),
      current: row(8),
    });
  });

  it('keeps a range that was selected up to it', () => {
    const selection = selectRange(selectOne(0, 1), 2, [1, 2, 3]);
    expect(followRows({ selection, current: undefined }, list({ 2: row(3) }))).toEqual({
      selection,
      current: row(3),
    });
  });

  it('goes to the last row when those behind it were removed, and to none when all were', () => {
    const place = { selection: selectOne(9, undefined), current: undefined };
    expect(followRows(place, list({ 4: row(7) }, 5))).toEqual({
      selection: selectOne(4, 7),
      current: row(7),
    });
    expect(followRows(place, list({}, 0))).toEqual({ selection: NO_SELECTION, current: undefined });
  });
});
