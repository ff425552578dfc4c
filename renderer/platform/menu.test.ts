import { expect, it, vi } from 'vitest';
import { MENU_ACTION_IDS, type MenuActionId } from '#model/contract/shell.ts';
import type { Action } from '../actions/action.ts';
import { createRegistry } from '../actions/registry.ts';
import type { App } from '../app.ts';
import { ALL_ACTIONS } from '../features/all-actions.ts';
import { browserPlatform } from './browser.ts';
import { listenToMenu } from './menu.ts';

it('knows an action for everything the menu can ask', () => {
  const registry = createRegistry(ALL_ACTIONS);
  for (const id of MENU_ACTION_IDS) expect(registry.get(id).id).toBe(id);
});

it('runs an action that can be done, and leaves one that cannot', () => {
  let ask: (id: MenuActionId) => void = () => {};
  const end = vi.fn();
  const onMenuAction = (listener: typeof ask) => {
    ask = listener;
    return end;
  };
  const toggle = vi.fn();
  const clear = vi.fn();
  const actions: Action[] = [
    { id: 'capture.toggle', label: 'Toggle', group: 'capture', run: toggle },
    { id: 'sessions.clear', label: 'Clear', group: 'capture', run: clear, enabled: () => false },
  ];
  const app: App = {
    rpc: {} as App['rpc'],
    platform: { ...browserPlatform(), onMenuAction },
    actions: createRegistry(actions),
  };
  expect(listenToMenu(app)).toBe(end);
  ask('capture.toggle');
  ask('sessions.clear');
  expect(toggle).toHaveBeenCalledExactlyOnceWith(app);
  expect(clear).not.toHaveBeenCalled();
});
