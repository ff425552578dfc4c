import { describe, expect, it, vi } from 'vitest';
import type { App } from '../app.ts';
import { browserPlatform } from '../platform/browser.ts';
import type { Action } from './action.ts';
import { menuEntries } from './entries.ts';
import { createRegistry } from './registry.ts';

const appWith = (...actions: Action[]): App => ({
  rpc: {} as App['rpc'],
  platform: browserPlatform(),
  actions: createRegistry(actions),
});

describe('menu entries', () => {
  it('say and do what the actions say and do', () => {
    const run = vi.fn();
    let capturing = true;
    const app = appWith(
      {
        id: 'a',
        label: () => (capturing ? 'Stop' : 'Start'),
        group: 'capture',
        shortcuts: ['F12', 'F9'],
        run,
      },
      { id: 'b', label: 'Remove', group: 'sessions', danger: true, enabled: () => false, run },
      { id: 'c', label: 'Dark', group: 'settings', checked: () => capturing, run },
    );
    const [a, line, b, c] = menuEntries(app, ['a', 'separator', 'b', 'c']);
    expect(line).toBe('separator');
    expect(a).toMatchObject({ id: 'a', label: 'Stop', shortcut: 'F12', disabled: false });
    expect(b).toMatchObject({ danger: true, disabled: true });
    expect(c).toMatchObject({ checked: true });
    capturing = false;
    expect(menuEntries(app, ['a', 'c'])).toMatchObject([{ label: 'Start' }, { checked: false }]);
    if (a && a !== 'separator' && 'onSelect' in a) a.onSelect();
    expect(run).toHaveBeenCalledExactlyOnceWith(app);
  });

  it('nest', () => {
    const app = appWith({ id: 'a', label: 'A', group: 'view', run: () => {} });
    expect(menuEntries(app, [{ label: 'More', items: ['a'] }])).toMatchObject([
      { label: 'More', entries: [{ id: 'a' }] },
    ]);
  });

  it('are never of an action that nobody registered', () => {
    expect(() => menuEntries(appWith(), ['nothing'])).toThrow('no action');
  });
});
