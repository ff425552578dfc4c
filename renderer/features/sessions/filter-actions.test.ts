import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { labelOf } from '../../actions/action.ts';
import { useSessions } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';
import { fakeApp, selectRows } from '../../testing/fake-app.ts';
import { FILTER_BY_IDS, FILTER_INPUT_ID, GRID_ID, setFilterText } from './filter-actions.ts';

let focused = '';
beforeEach(() => {
  const document = {
    activeElement: null as unknown,
    querySelector: (selector: string) => {
      const element = {
        focus() {
          focused = selector;
        },
        select() {},
      };
      document.activeElement = element;
      return element;
    },
  };
  vi.stubGlobal('document', document);
  focused = '';
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const row = {
  ...makeSession({ id: 3, status: 404, url: 'https://a.test/v2/cart' }).session.row,
  mime: 'text/css',
};

describe('filter actions', () => {
  it('find goes to the filter, from any view', async () => {
    const { run } = fakeApp();
    useView.getState().show('findings');
    await run('sessions.find');
    expect(useView.getState().view).toBe('sessions');
    expect(focused).toBe(`#${FILTER_INPUT_ID}`);
  });

  it('grid goes to the list', async () => {
    await fakeApp().run('sessions.grid');
    expect(focused).toBe(`#${GRID_ID}`);
  });

  it('clear takes the filter away, also one that is none', async () => {
    const { run, enabled } = fakeApp();
    expect(enabled('sessions.clearFilter')).toBe(false);
    setFilterText('status:');
    expect(useSessions.getState().problem).toBeDefined();
    expect(enabled('sessions.clearFilter')).toBe(true);
    await run('sessions.clearFilter');
    expect(useSessions.getState()).toMatchObject({ filterText: '', filter: '', problem: undefined });
    expect(focused).toBe(`#${GRID_ID}`);
  });

  it.each([
    ['filter.only-host', 'Only host a.test', 'host=a.test'],
    ['filter.only-path', 'Only path /v2/cart', 'path=/v2/cart'],
    ['filter.only-status', 'Only status 404', 'status=404'],
    ['filter.only-type', 'Only type text/css', 'type=text/css'],
    ['filter.without-host', 'Without host a.test', 'host!=a.test'],
    ['filter.without-path', 'Without path /v2/cart', 'path!=/v2/cart'],
    ['filter.without-status', 'Without status 404', 'status!=404'],
    ['filter.without-type', 'Without type text/css', 'type!=text/css'],
  ])('%s says what it will do, and narrows the list', async (id, label, condition) => {
    const { app, run, enabled } = fakeApp();
    expect(enabled(id)).toBe(false);
    expect(labelOf(app.actions.get(id))).toMatch(/^(?:Only|Without) this /);
    selectRows(0, row);
    expect(labelOf(app.actions.get(id))).toBe(label);
    await run(id);
    expect(useSessions.getState().filter).toBe(condition);
    setFilterText('json');
    await run(id);
    expect(useSessions.getState().filterText).toBe(`json and ${condition}`);
  });

  it('shortens in a menu what would not fit there, not in the filter', async () => {
    const { app, run } = fakeApp();
    const host = `${'very-'.repeat(20)}long.test`;
    selectRows(0, { ...row, host });
    expect(labelOf(app.actions.get('filter.only-host')).length).toBeLessThan(60);
    await run('filter.only-host');
    expect(useSessions.getState().filter).toBe(`host=${host}`);
  });

  it('are what the menus name', () => {
    const { app } = fakeApp();
    for (const id of [...FILTER_BY_IDS.only, ...FILTER_BY_IDS.without])
      expect(app.actions.get(id).id).toBe(id);
  });
});
