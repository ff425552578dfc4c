import { beforeEach, describe, expect, it } from 'vitest';
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

it('the selection is read as ids', () => {
  useSessions.getState().select(selectOne(3, 33), undefined);
  expect(selectedIds()).toEqual([33]);
});
