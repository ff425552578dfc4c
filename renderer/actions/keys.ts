/**
 * The keys of actions as they are in force: those that people chose, else those that the action brings. What was chosen stands among the
 * preferences as JSON, action id to keys; what cannot be read counts as nothing chosen.
 */
import * as z from 'zod';
import { type PreferencesState, usePreferences } from '../state/preferences.ts';
import type { Action } from './action.ts';
import { shortcutName } from './shortcut.ts';

type Keyed = Pick<Action, 'id' | 'shortcuts'>;
type Values = Pick<PreferencesState, 'values'>;
export type ChosenKeys = Readonly<Record<string, readonly string[]>>;

const NAME = 'keys';
const MOST_CHARACTERS = 4096;
const Chosen = z.record(z.string(), z.array(z.string().max(40)).max(4));
const NONE: ChosenKeys = {};

let known: { text: string; chosen: ChosenKeys } = { text: '', chosen: NONE };

export function chosenKeysOf({ values }: Values): ChosenKeys {
  const text = values[NAME] ?? '';
  if (text === known.text) return known.chosen;
  let chosen = NONE;
  try {
    chosen = Chosen.parse(JSON.parse(text));
  } catch {
    // Another Sluice wrote it: the keys are those that actions bring.
  }
  known = { text, chosen };
  return chosen;
}

/** The first one is shown. */
export const keysOf = (action: Keyed, state: Values = usePreferences.getState()): readonly string[] =>
  chosenKeysOf(state)[action.id] ?? action.shortcuts ?? [];

function keep(chosen: ChosenKeys): boolean {
  const text = Object.keys(chosen).length === 0 ? '' : JSON.stringify(chosen);
  if (text.length > MOST_CHARACTERS) return false;
  usePreferences.getState().set(NAME, text);
  return true;
}

const same = (a: readonly string[], b: readonly string[]) => a.join() === b.join();

/** These keys from now on; the ones that it brings are then forgotten as a choice. False when there is no room for more choices. */
export function chooseKeys(action: Keyed, keys: readonly string[]): boolean {
  const { [action.id]: _, ...rest } = chosenKeysOf(usePreferences.getState());
  return keep(same(keys, action.shortcuts ?? []) ? rest : { ...rest, [action.id]: [...keys] });
}

export const resetKeys = (): boolean => keep(NONE);

/** The other action that has this shortcut now. */
export const ownerOf = (actions: readonly Action[], shortcut: string, besides: string): Action | undefined =>
  actions.find(
    (action) =>
      action.id !== besides && keysOf(action).some((keys) => shortcutName(keys) === shortcutName(shortcut)),
  );

/** Gives an action a key in the place of its first one, and takes it from the action that had it. */
export function moveKey(actions: readonly Action[], action: Action, shortcut: string): boolean {
  const owner = ownerOf(actions, shortcut, action.id);
  if (
    owner &&
    !chooseKeys(
      owner,
      keysOf(owner).filter((keys) => shortcutName(keys) !== shortcutName(shortcut)),
    )
  )
    return false;
  const others = keysOf(action)
    .slice(1)
    .filter((keys) => shortcutName(keys) !== shortcutName(shortcut));
  return chooseKeys(action, [shortcut, ...others]);
}
