import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { useExporting } from '../../state/exporting.ts';
import { useSessions } from '../../state/sessions.ts';
import { fakeApp, selectRows } from '../../testing/fake-app.ts';

afterEach(() => vi.restoreAllMocks());

const row = makeSession({ id: 3 }).session.row;

describe('exporting', () => {
  it('can only be of what is there', () => {
    const { enabled } = fakeApp();
    const able = () => ['all', 'filtered', 'selected'].map((name) => enabled(`export.${name}`));
    expect(able()).toEqual([false, false, false]);
    useSessions.getState().setCounts(2, 2);
    expect(able()).toEqual([true, false, false]);
    useSessions.getState().setFilter('host:a', undefined);
    selectRows(0, row);
    expect(able()).toEqual([true, true, true]);
    useSessions.getState().setCounts(0, 2);
    expect(able()).toEqual([true, false, true]);
  });

  it.each([
    ['export.all', { filter: '' }],
    ['export.filtered', { filter: 'host:a' }],
    ['export.selected', { ids: [3, 20] }],
  ])('%s shows first what would leave: just that', async (id, what) => {
    const { run, asked } = fakeApp();
    useSessions.getState().setCounts(2, 9);
    useSessions.getState().setFilter('host:a', undefined);
    selectRows(0, { ...row, id: 20 }, row);
    await run(id);
    expect(useExporting.getState().what).toEqual(what);
    expect(asked).toEqual([]);
  });
});

describe('importing', () => {
  it('takes the file that was chosen, and nothing when none was', async () => {
    const { app, said } = fakeApp();
    const chosen = [undefined, new File(['x'], 'notes.txt')];
    const accepts: string[] = [];
    const pickFile = async (accept: string) => {
      accepts.push(accept);
      return chosen.shift();
    };
    const windowed = { ...app, platform: { ...app.platform, pickFile } };
    await app.actions.get('import.har').run(windowed);
    expect(said).toEqual([]);
    await app.actions.get('import.har').run(windowed);
    expect(said[0]).toBe('Importing notes.txt');
    expect(accepts[0]).toContain('.zhar');
  });
});
