import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useSessions } from '../../state/sessions.ts';
import { useTabs } from '../../state/tabs.ts';
import { useView } from '../../state/view.ts';
import { fakeApp } from '../../testing/fake-app.ts';

beforeEach(() => useTabs.setState(useTabs.getInitialState()));
afterEach(() => vi.restoreAllMocks());

const shown = () => useTabs.getState().shown;

describe('tabs by action', () => {
  it('open, are gone through, moved and closed', async () => {
    const { run, enabled } = fakeApp();
    for (const name of ['close', 'next', 'previous', 'left', 'right'])
      expect(enabled(`tabs.${name}`)).toBe(false);
    await run('tabs.new');
    await run('tabs.new');
    expect(shown()).toBe(3);
    await run('tabs.next');
    expect(shown()).toBe(1);
    await run('tabs.previous');
    expect(shown()).toBe(3);
    await run('tabs.left');
    expect(useTabs.getState().tabs.map(({ id }) => id)).toEqual([1, 3, 2]);
    await run('tabs.right');
    await run('tabs.close');
    expect([shown(), useTabs.getState().tabs.length]).toEqual([2, 2]);
  });

  it('are copied with what they show, and named', async () => {
    const { run } = fakeApp();
    useView.getState().show('composer');
    useSessions.getState().setFilter('host:a', undefined);
    await run('tabs.duplicate');
    expect(useView.getState().view).toBe('sessions');
    expect([shown(), useSessions.getState().filter]).toEqual([2, 'host:a']);
    await run('tabs.rename');
    expect(useTabs.getState().renaming).toBe(2);
  });
});
