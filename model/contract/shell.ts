/**
 * What passes between the workbench and the desktop shell around it, as names and types only: the preload script carries this file and
 * nothing else, so no validation and no library is in it. The shapes of the calls are in native-calls.ts.
 */
import type { ErrorCode } from '../errors.ts';
import type { NativeArgs, NativeResult } from './native-calls.ts';

/** Every native call there is. The shell answers these and nothing else. */
export const NATIVE_CALL_NAMES = [
  'app.version',
  'capture.open',
  'clipboard.write',
  'file.reveal',
  'file.save',
  'keys.decrypt',
  'keys.encrypt',
  'keys.status',
  'link.open',
  'theme.set',
  'zoom.set',
] as const;
export type NativeCallName = (typeof NATIVE_CALL_NAMES)[number];

/** Actions of the workbench that the application menu can run, by the ids they have there. */
export const MENU_ACTION_IDS = [
  'app.palette',
  'app.shortcuts',
  'capture.toggle',
  'sessions.clear',
  'sessions.edit',
  'sessions.find',
  'sessions.replay',
  'theme.dark',
  'theme.light',
  'theme.system',
  'view.search',
  'view.settings',
] as const;
export type MenuActionId = (typeof MENU_ACTION_IDS)[number];

/** IPC channels: one for each call, one for actions. */
export const nativeChannel = (name: NativeCallName): string => `sluice:${name}`;
export const ACTION_CHANNEL = 'sluice:action';

/** Failures cross the bridge as data, because an Error loses its code there. */
export type NativeReply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

export type NativeCalls = {
  readonly [K in NativeCallName]: (args: NativeArgs<K>) => Promise<NativeReply<NativeResult<K>>>;
};

/** What the preload script puts on the window, under the name below. */
export interface NativeBridge {
  readonly calls: NativeCalls;
  /** Calls `listener` with each action the menu asks for; the answer ends it. */
  onAction(listener: (id: MenuActionId) => void): () => void;
}
export const BRIDGE_NAME = 'sluiceNative';
