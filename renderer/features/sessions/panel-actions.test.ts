import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { labelOf } from '../../actions/action.ts';
import { isPanelShown, useDrawer } from '../../state/panels.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useSessions } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';
import { fakeApp } from '../../testing/fake-app.ts';

let wide = true;
beforeEach(() => {
  wide = true;
  useDrawer.setState({ open: false });
  vi.stubGlobal('matchMedia', () => ({ matches: wide }));
  vi.stubGlobal('document', { querySelector: () => null });
  vi.stubGlobal('requestAnimationFrame', () => 0);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('the tree stands beside the list, or lies over it where there is no room, which is not kept', async () => {
  const { app, run } = fakeApp();
  const label = () => labelOf(app.actions.get('view.tree'));
  useView.getState().show('composer');
  expect(label()).toBe('Show the hosts');
  await run('view.tree');
  expect([label(), useView.getState().view]).toEqual(['Hide the hosts', 'sessions']);
  wide = false;
  expect(label()).toBe('Show the hosts');
  await run('view.tree');
  expect(useDrawer.getState().open).toBe(true);
  await run('view.tree');
  expect(useDrawer.getState().open).toBe(false);
  expect(isPanelShown('tree', usePreferences.getState())).toBe(true);
});

it('the timeline and the statistics come and go', async () => {
  const { app, run } = fakeApp();
  const labels = () => ['view.timeline', 'view.statistics'].map((id) => labelOf(app.actions.get(id)));
  expect(labels()).toEqual(['Show the timeline', 'Show statistics']);
  await run('view.timeline');
  await run('view.statistics');
  expect(labels()).toEqual(['Hide the timeline', 'Hide statistics']);
  expect(useSessions.getState().inspectorOpen).toBe(false);
});
