import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { usePreferences } from '../../state/preferences.ts';
import { useSessions } from '../../state/sessions.ts';
import { useTabs } from '../../state/tabs.ts';
import { keepTabs } from './keep-tabs.ts';

beforeEach(() => {
  vi.useFakeTimers();
  for (const store of [usePreferences, useSessions, useTabs])
    store.setState(store.getInitialState() as never);
});
afterEach(() => vi.useRealTimers());

beforeEach(() => usePreferences.getState().receive({}));

const kept = () => usePreferences.getState().values['tabs.order'];

it('keeps tabs when it has been quiet, and takes them up the next time', () => {
  const stop = keepTabs();
  useTabs.getState().add();
  useSessions.getState().setFilter('host:a', undefined);
  vi.advanceTimersByTime(200);
  useSessions.getState().setFilter('host:ab', undefined);
  vi.advanceTimersByTime(200);
  expect(kept()).toBeUndefined();
  vi.advanceTimersByTime(400);
  expect(kept()).toBe('1 2|2');
  stop();
  useSessions.setState(useSessions.getInitialState());
  useTabs.setState(useTabs.getInitialState());
  keepTabs()();
  expect(useTabs.getState()).toMatchObject({ shown: 2 });
  expect(useSessions.getState().filter).toBe('host:ab');
});

it('writes what is left when it ends, and nothing for rows that come', () => {
  const stop = keepTabs();
  useSessions.getState().setCounts(3, 3);
  vi.advanceTimersByTime(2000);
  expect(kept()).toBeUndefined();
  useSessions.getState().sortBy('size');
  stop();
  expect(kept()).toBe('1|1');
  useSessions.getState().sortBy('size');
  vi.advanceTimersByTime(2000);
  expect(usePreferences.getState().values['tab.1']).toContain('"descending":false');
});

it('takes up what comes late, unless somebody was quicker, and never writes over it unseen', () => {
  const values = { 'tabs.order': '7|7', 'tab.7': '{"name":"Kept"}' };
  usePreferences.setState(usePreferences.getInitialState());
  const stop = keepTabs();
  usePreferences.getState().receive(values);
  expect(useTabs.getState()).toMatchObject({ shown: 7, tabs: [{ name: 'Kept' }] });
  stop();
  usePreferences.setState(usePreferences.getInitialState());
  useTabs.setState(useTabs.getInitialState());
  const again = keepTabs();
  useTabs.getState().add();
  vi.advanceTimersByTime(2000);
  expect(kept()).toBeUndefined();
  usePreferences.getState().receive(values);
  expect(useTabs.getState().shown).toBe(2);
  again();
});
