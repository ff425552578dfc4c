import { beforeEach, describe, expect, it } from 'vitest';
import { usePreferences } from '../../state/preferences.ts';
import { NO_SCOPE } from '../../state/scope.ts';
import { useSessions } from '../../state/sessions.ts';
import { focusSets, isShown, MOST_SETS, removeFocusSet, saveFocusSet, showFocusSet } from './focus-sets.ts';

const SCOPE = { ...NO_SCOPE, include: [{ host: 'api.test', path: ['v2'] }], noise: ['static' as const] };
beforeEach(() => {
  usePreferences.setState(usePreferences.getInitialState());
  useSessions.setState(useSessions.getInitialState());
});
const sets = () => focusSets(usePreferences.getState().values);
const state = () => useSessions.getState();

describe('focus sets', () => {
  it('keep what the list shows, and show it again', () => {
    state().setScope(SCOPE);
    state().setFilter('status>=400', undefined);
    expect(saveFocusSet('Errors of v2')).toBe(true);
    state().setScope(NO_SCOPE);
    state().setFilter('', undefined);
    const [set] = sets();
    if (!set) throw new Error('it was not kept');
    expect(isShown(set, state().typed, state().scope)).toBe(false);
    showFocusSet(set);
    expect(state()).toMatchObject({ typed: 'status>=400', scope: SCOPE });
    expect(isShown(set, state().typed, state().scope)).toBe(true);
  });

  it('of the same name replace each other, and are removed', () => {
    saveFocusSet('A');
    state().setFilter('host:a', undefined);
    saveFocusSet('B');
    saveFocusSet('A');
    expect(sets().map(({ name, filter }) => [name, filter])).toEqual([
      ['A', 'host:a'],
      ['B', 'host:a'],
    ]);
    removeFocusSet(sets()[0]?.id ?? '');
    expect(sets().map(({ name }) => name)).toEqual(['B']);
    saveFocusSet('C');
    expect(sets().map(({ id, name }) => [id, name])).toEqual([
      ['focus.1', 'C'],
      ['focus.2', 'B'],
    ]);
  });

  it('are not kept without end', () => {
    for (let i = 0; i < MOST_SETS; i++) expect(saveFocusSet(`set ${i}`)).toBe(true);
    expect(saveFocusSet('one more')).toBe(false);
    expect(saveFocusSet('set 3')).toBe(true);
    state().setFilter(`host:${'a'.repeat(5000)}`, undefined);
    expect(saveFocusSet('set 3')).toBe(false);
  });

  it('that mean nothing are none', () => {
    expect(focusSets({ 'focus.1': '[]', 'focus.2': '{"name":"x"}', 'focus.x': '{"name":"y"}' })).toEqual([
      { id: 'focus.2', name: 'x', filter: '', scope: NO_SCOPE },
    ]);
  });
});
