import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { useSessions } from '../../state/sessions.ts';
import { fakeApp, selectRows } from '../../testing/fake-app.ts';

let downloads: string[] = [];
beforeEach(() => {
  downloads = [];
  vi.stubGlobal('document', {
    createElement: () => ({
      href: '',
      click() {
        downloads.push(this.href);
      },
    }),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const host = {
  'exports.start': () => ({ id: 'j', total: 2 }),
  'exports.watch': () => [{ state: 'done', written: 2, total: 2 }],
};
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
  ])('%s exports just that, and says how many went', async (id, what) => {
    const { run, asked, said } = fakeApp(host);
    useSessions.getState().setCounts(2, 9);
    useSessions.getState().setFilter('host:a', undefined);
    selectRows(0, { ...row, id: 20 }, row);
    await run(id);
    expect(asked).toEqual([['exports.start', what]]);
    expect(downloads).toEqual(['/api/export/har?job=j&download=sluice.har']);
    expect(said.at(-1)).toBe('2 sessions exported');
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
    expect(said).toEqual([expect.stringContaining('notes.txt is not a HAR file')]);
    expect(accepts[0]).toContain('.har');
  });
});
