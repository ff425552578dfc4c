import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseFilter } from '#model/filter/parse.ts';
import { filterPredicate } from '#model/filter/predicate.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { useSessions } from '../../state/sessions.ts';
import { fakeApp, selectRows } from '../../testing/fake-app.ts';

afterEach(() => vi.restoreAllMocks());

const parent = makeSession({ id: 5, url: 'https://a.test/x?q="1"', method: 'POST' }).session;
const others = [
  makeSession({ id: 6, parentId: 5 }),
  makeSession({ id: 7, parentId: 5 }),
  makeSession({ id: 8, url: parent.row.url, method: 'POST' }),
  makeSession({ id: 9, url: parent.row.url }),
].map(({ session }) => session);
const all = [parent, ...others];

/** A host that filters these sessions as the real one does. */
const host = {
  'sessions.get': ({ id }: { id: number }) => all.filter(({ row }) => row.id === id),
  'sessions.ids': ({ filter }: { filter: string }) => {
    const parsed = parseFilter(filter);
    if (!parsed.ok) throw new Error(parsed.problem.message);
    const passes = filterPredicate(parsed.filter);
    return {
      ids: all
        .map(({ row }) => row)
        .filter(passes)
        .map(({ id }) => id),
    };
  },
  'sessions.position': ({ id }: { id: number }) => ({ offset: all.findIndex(({ row }) => row.id === id) }),
};
const selected = () => [...useSessions.getState().selection.ids];
const rowOf = (id: number) => all.find(({ row }) => row.id === id)?.row ?? parent.row;

describe('related sessions', () => {
  it('parent goes to the one it was made from, where there is one', async () => {
    const { run, enabled } = fakeApp(host);
    expect(enabled('sessions.parent')).toBe(false);
    selectRows(0, parent.row);
    expect(enabled('sessions.parent')).toBe(false);
    selectRows(1, rowOf(6));
    expect(enabled('sessions.parent')).toBe(true);
    await run('sessions.parent');
    expect(selected()).toEqual([5]);
    expect(useSessions.getState()).toMatchObject({ current: { id: 5 }, selection: { cursor: 0 } });
  });

  it('children selects those made from it, the cursor on the first', async () => {
    const { run, said } = fakeApp(host);
    selectRows(0, parent.row);
    const { moves } = useSessions.getState();
    await run('sessions.children');
    expect(selected()).toEqual([6, 7]);
    expect(useSessions.getState()).toMatchObject({ moves: moves + 1, selection: { cursor: 1 } });
    expect(said).toEqual(['2 sessions selected']);
  });

  it('duplicates selects those of the same method and address, and stays where it is', async () => {
    const { run } = fakeApp(host);
    selectRows(0, parent.row);
    await run('sessions.duplicates');
    expect(selected()).toEqual([5, 8]);
    expect(useSessions.getState()).toMatchObject({ current: { id: 5 }, selection: { cursor: 0 } });
  });

  it('looks in the list as it is filtered', async () => {
    const { run } = fakeApp(host);
    useSessions.getState().setFilter('id>=7', undefined);
    selectRows(0, parent.row);
    await run('sessions.children');
    expect(selected()).toEqual([7]);
  });

  it('says so when there is none, and leaves the selection', async () => {
    const { run, said } = fakeApp(host);
    selectRows(3, rowOf(9));
    await run('sessions.children');
    await run('sessions.duplicates');
    expect(selected()).toEqual([9]);
    expect(said).toEqual([
      expect.stringContaining('No session'),
      expect.stringContaining('No other session'),
    ]);
  });
});
