import { beforeEach, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { NO_SCOPE } from './scope.ts';
import { selectOne } from './selection.ts';
import { NEWEST_LAST, nextOrder, selectedIds, useSessions, viewNow } from './sessions.ts';

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

describe('a scope', () => {
  const scope = { ...NO_SCOPE, include: [{ host: 'a.test', path: [] }] };

  it('narrows the list together with what is typed, and leaves nothing selected that it may hide', () => {
    useSessions.getState().select({ ids: new Set([1, 2]), cursor: 0, anchor: 0 }, undefined);
    useSessions.getState().setScope(scope);
    expect(selectedIds()).toEqual([]);
    useSessions.getState().setFilter('status:404', undefined);
    expect(useSessions.getState()).toMatchObject({
      typed: 'status:404',
      filter: '(host=a.test port in (0, 80, 443)) and (status:404)',
    });
    useSessions.getState().setScope(NO_SCOPE);
    expect(useSessions.getState().filter).toBe('status:404');
  });

  it('goes with its tab', () => {
    useSessions.getState().setScope(scope);
    useSessions.getState().select(selectOne(3, 33), undefined);
    const first = viewNow();
    useSessions.getState().showView(useSessions.getInitialState());
    expect(useSessions.getState()).toMatchObject({ filter: '', scope: NO_SCOPE, selection: { cursor: -1 } });
    const { moves } = useSessions.getState();
    useSessions.getState().showView(first);
    expect(useSessions.getState()).toMatchObject({
      filter: expect.stringContaining('host=a.test'),
      moves: moves + 1,
    });
    expect(selectedIds()).toEqual([33]);
  });
});

it('shows statistics in the place of the inspector, and gives that back', () => {
  const shown = () => {
    const { inspectorOpen, statisticsOpen } = useSessions.getState();
    return [inspectorOpen, statisticsOpen];
  };
  const { toggleStatistics, toggleInspector } = useSessions.getState();
  toggleStatistics();
  expect(shown()).toEqual([false, true]);
  toggleStatistics();
  expect(shown()).toEqual([true, false]);
  toggleStatistics();
  toggleInspector();
  expect(shown()).toEqual([true, false]);
});
