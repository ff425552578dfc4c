/** Focus sets: what a list shows, under a name, kept as preferences of their own. */

import type { Preferences } from '#model/contract/contract.ts';
import { usePreferences } from '../../state/preferences.ts';
import type { Scope } from '../../state/scope.ts';
import { useSessions } from '../../state/sessions.ts';
import { setFilterText } from '../sessions/filter-actions.ts';
import { isRecord, parsed, scopeIn } from '../tabs/kept-tabs.ts';

export interface FocusSet {
  /** Its preference. */
  readonly id: string;
  readonly name: string;
  readonly filter: string;
  readonly scope: Scope;
}

export const MOST_SETS = 40;
/** The host keeps no longer ones. */
const LONGEST = 4096;

/** In the order they were made. */
export function focusSets(values: Preferences): FocusSet[] {
  return Object.keys(values)
    .filter((id) => /^focus\.\d+$/.test(id))
    .sort((a, b) => Number(a.slice(6)) - Number(b.slice(6)))
    .flatMap((id) => {
      const kept = parsed(values[id]);
      if (!isRecord(kept) || typeof kept.name !== 'string') return [];
      const filter = typeof kept.filter === 'string' ? kept.filter : '';
      return [{ id, name: kept.name, filter, scope: scopeIn(kept.scope) }];
    });
}

/** What the list shows now, under a name; one of that name is replaced. Answers whether there was room. */
export function saveFocusSet(name: string): boolean {
  const { values, set } = usePreferences.getState();
  const { typed: filter, scope } = useSessions.getState();
  const sets = focusSets(values);
  const same = sets.find((one) => one.name === name);
  if (same === undefined && sets.length >= MOST_SETS) return false;
  // The preference of one that was removed is free again.
  const free = Array.from({ length: MOST_SETS }, (_, i) => `focus.${i + 1}`);
  const taken = sets.map(({ id }) => id);
  const id = same?.id ?? free.find((one) => !taken.includes(one));
  const text = JSON.stringify({ name, filter, scope });
  if (id === undefined || text.length > LONGEST) return false;
  set(id, text);
  return true;
}

export const removeFocusSet = (id: string): void => usePreferences.getState().set(id, '');

export function showFocusSet({ filter, scope }: FocusSet): void {
  useSessions.getState().setScope(scope);
  setFilterText(filter);
}

/** Whether the list shows just that. */
export const isShown = (set: FocusSet, typed: string, scope: Scope): boolean =>
  set.filter === typed && JSON.stringify(scopeIn(set.scope)) === JSON.stringify(scopeIn(scope));
