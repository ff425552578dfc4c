/**
 * The one thing the workbench's page has that a browser's has not: a function for each native call and a way to hear the menu. It runs in
 * a sandbox, checks nothing itself (the main process does) and gives the page neither Electron nor a channel name of its choosing.
 */
import { contextBridge, ipcRenderer } from 'electron';
import {
  ACTION_CHANNEL,
  BRIDGE_NAME,
  MENU_ACTION_IDS,
  type MenuActionId,
  NATIVE_CALL_NAMES,
  type NativeBridge,
  type NativeCalls,
  nativeChannel,
} from '#model/contract/shell.ts';

const known: readonly unknown[] = MENU_ACTION_IDS;

const bridge: NativeBridge = {
  calls: Object.fromEntries(
    NATIVE_CALL_NAMES.map((name) => [name, (args: unknown) => ipcRenderer.invoke(nativeChannel(name), args)]),
  ) as NativeCalls,
  onAction(listener) {
    const hear = (_event: unknown, id: unknown) => {
      if (known.includes(id)) listener(id as MenuActionId);
    };
    ipcRenderer.on(ACTION_CHANNEL, hear);
    return () => {
      ipcRenderer.off(ACTION_CHANNEL, hear);
    };
  },
};

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);
