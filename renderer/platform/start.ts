/** Chooses the platform once, at start: the desktop shell's when its preload script has left a bridge, else the browser's. */
import { BRIDGE_NAME, type NativeBridge } from '#model/contract/shell.ts';
import { browserPlatform } from './browser.ts';
import { electronPlatform } from './electron.ts';
import type { Platform } from './platform.ts';

type Scope = { readonly [BRIDGE_NAME]?: NativeBridge };

/** The platform of this window; call it in the entry file and hand the answer down. */
export function startPlatform(scope: Scope = globalThis as Scope): Platform {
  const bridge = scope[BRIDGE_NAME];
  return bridge ? electronPlatform(bridge) : browserPlatform();
}
