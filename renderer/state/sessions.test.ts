import { beforeEach, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { selectOne } from './selection.ts';
import { NEWEST_LAST, nextOrder, selectedIds, useSessions } from './sessions.ts';

beforeEach(() => useSessions.setState(useSessions.getInitialState()));

describe('the filter', () => {
  it('in force is the newest text that parses', () => {
    const { setFilter } = useSessions.getState();
    setFilter(' host:a ', undefined);
    setFilter('host:a and', { message: 'Something is missing.', start: 6, end: 10 });
    expect(useSessions.getState()).toMatchObject({
      filterText: 'host:a and',
      filter: 'host:a',
      problem: { start: 6 },
    });
    setFilter('', undefined);
    expect(useSessions.getState()).toMatchObject({ filterText: '', filter: '', problem: undefined });
  });
});

describe('a new filter', () => {
  it('leaves nothing selected but the session under the cursor', () => {
    const { row } = makeSession({ id: 33 }).session;
    useSessions.getState().select({ ids: new Set([31, 32, 33]), cursor: 3, anchor: 1 }, row);
    useSessions.getState().setFilter('host:a', { message: 'no', start: 0, end: 1 });
    expect(selectedIds()).toEqual([31, 32, 33]);
    useSessions.getState().setFilter('host:a', undefined);
    expect(selectedIds()).toEqual([33]);
    useSessions.getState().select({ ids: new Set([1, 2]), cursor: 9, anchor: 9 }, undefined);
    useSessions.getState().setFilter('', undefined);
    expect(selectedIds()).toEqual([]);
  });
});

describe('sorting', () => {
  it('goes up, down, and back to arrival', () => {
    const up = nextOrder(NEWEST_LAST, 'size');
    expect(up).toEqual({ by: 'size', descending: false });
    const down = nextOrder(up, 'size');
    expect(down).toEqual({ by: 'size', descending: true });
    expect(nextOrder(down, 'size')).toEqual(NEWEST_LAST);
    expect(nextOrder(down, 'host')).toEqual({ by: 'host', descending: false });
  });

  it('by number only turns round', () => {
    const down = nextOrder(NEWEST_LAST, 'id');
    expect(down).toEqual({ by: 'id', descending: true });
    expect(nextOrder(down, 'id')).toEqual(NEWEST_LAST);
  });
});

describe('the cursor', () => {
  it('comes into sight when somebody moves it, not when the list moves under it', () => {
    const { select, follow } = useSessions.getState();
    const { moves } = useSessions.getState();
    select(selectOne(3, 33), undefined);
    follow(selectOne(4, 33), undefined);
    expect(useSessions.getState()).toMatchObject({ moves: moves + 1, selection: { cursor: 4 } });
  });
});

it('the selection is read as ids', () => {
  useSessions.getState().select(selectOne(3, 33), undefined);
  expect(selectedIds()).toEqual([33]);
});
