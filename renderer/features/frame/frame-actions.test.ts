import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AppInfo, AppStatus } from '#model/contract/contract.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { labelOf } from '../../actions/action.ts';
import { useComposer } from '../../state/composer.ts';
import { useHost } from '../../state/host.ts';
import { DENSITIES, densityOf, THEMES, themeOf, usePreferences } from '../../state/preferences.ts';
import { useSessions } from '../../state/sessions.ts';
import { useView, VIEWS } from '../../state/view.ts';
import { fakeApp, selectRows } from '../../testing/fake-app.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('capturing', () => {
  it.each([true, false])(
    'is turned round from %s, and the label says what will happen',
    async (capturing) => {
      const { app, run, enabled, asked } = fakeApp();
      expect(enabled('capture.toggle')).toBe(false);
      useHost.getState().setStatus({ capturing } as AppStatus);
      expect(labelOf(app.actions.get('capture.toggle'))).toBe(
        capturing ? 'Stop capturing' : 'Start capturing',
      );
      await run('capture.toggle');
      expect(asked).toEqual([['app.setCapturing', { capturing: !capturing }]]);
    },
  );

  it('has an address to copy once it is known', async () => {
    const { run, enabled, copied, said } = fakeApp();
    expect(enabled('capture.copyProxy')).toBe(false);
    useHost.getState().setInfo({ proxy: '127.0.0.1:8866' } as AppInfo);
    await run('capture.copyProxy');
    expect(copied).toEqual(['127.0.0.1:8866']);
    expect(said).toEqual(['Proxy address copied']);
  });
});

describe('going', () => {
  it.each(VIEWS)('to %s', async (view) => {
    vi.stubGlobal('document', { querySelector: () => null });
    vi.stubGlobal('requestAnimationFrame', () => 0);
    const { run } = fakeApp();
    await run(`view.${view}`);
    expect(useView.getState().view).toBe(view);
  });

  it('to a blank request', async () => {
    const { run } = fakeApp();
    useComposer.getState().edit(1, { url: 'https://a.test/' });
    await run('composer.new');
    expect(useView.getState().view).toBe('composer');
    const { drafts, active } = useComposer.getState();
    expect(drafts).toHaveLength(2);
    expect(drafts.find(({ key }) => key === active)).toMatchObject({ edited: false });
  });

  it('to the composer, with the dialog that imports requests', async () => {
    const { run } = fakeApp();
    await run('composer.import');
    expect(useView.getState().view).toBe('composer');
    expect(useComposer.getState().importing).toBe(true);
    useComposer.getState().setImporting(false);
  });

  it('to the inspector, opening it where it is closed', async () => {
    vi.stubGlobal('document', { querySelector: () => null });
    vi.stubGlobal('requestAnimationFrame', () => 0);
    const { run, enabled } = fakeApp();
    expect(enabled('sessions.inspect')).toBe(false);
    selectRows(0, makeSession().session.row);
    useSessions.getState().toggleInspector();
    useView.getState().show('connect');
    await run('sessions.inspect');
    expect([useView.getState().view, useSessions.getState().inspectorOpen]).toEqual(['sessions', true]);
    await run('sessions.inspect');
    expect(useSessions.getState().inspectorOpen).toBe(true);
  });
});

describe('the window', () => {
  it('shows and hides the inspector', async () => {
    const { app, run } = fakeApp();
    const label = () => labelOf(app.actions.get('view.inspector'));
    expect(label()).toBe('Hide the inspector');
    await run('view.inspector');
    expect([label(), useSessions.getState().inspectorOpen]).toEqual(['Show the inspector', false]);
  });

  it('opens the palette and closes it with the same key', async () => {
    const { run } = fakeApp();
    await run('app.palette');
    expect(useView.getState().panel).toBe('palette');
    await run('app.palette');
    expect(useView.getState().panel).toBeUndefined();
  });

  it('shows the shortcuts', async () => {
    const { run } = fakeApp();
    await run('app.shortcuts');
    expect(useView.getState().panel).toBe('shortcuts');
  });

  it.each(THEMES)('takes the theme %s, which is then the one in force', async (theme) => {
    const { app, run } = fakeApp();
    usePreferences.getState().receive({ theme: theme === 'dark' ? 'light' : 'dark' });
    await run(`theme.${theme}`);
    expect(themeOf(usePreferences.getState())).toBe(theme);
    const inForce = THEMES.filter((one) => app.actions.get(`theme.${one}`).checked?.());
    expect(inForce).toEqual([theme]);
  });

  it.each(DENSITIES)('takes rows that are %s', async (density) => {
    const { app, run } = fakeApp();
    await run(`density.${density}`);
    expect(densityOf(usePreferences.getState())).toBe(density);
    expect(DENSITIES.filter((one) => app.actions.get(`density.${one}`).checked?.())).toEqual([density]);
  });
});
