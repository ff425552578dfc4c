/** Narrowing the list: going to the filter and back, taking it away, and filtering by what the session under the cursor has. */
import { Funnel, FunnelX, ListFilter, ListX, Rows3 } from 'lucide-react';
import type { Action } from '../../actions/action.ts';
import { isNarrow, NO_SCOPE } from '../../state/scope.ts';
import { useSessions } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';
import { sessionActionText } from '../../text/sessions.ts';
import { focusSoon } from '../../ui/focus.ts';
import { FILTER_BY, type FilterBy, filterCondition, filterValue, withCondition } from './filter-by.ts';
import { awaitsPatterns, loadPatterns, parseTyped } from './typed-filter.ts';

export const FILTER_INPUT_ID = 'session-filter';
export const GRID_ID = 'session-grid';
/** A menu is no place for a whole path. */
const SHOWN_CHARACTERS = 40;

/** Puts the text in force, or in the input with what is wrong with it. */
export function setFilterText(text: string): void {
  if (awaitsPatterns(text)) {
    useSessions.setState({ filterText: text });
    void loadPatterns().then(() => {
      const { filterText } = useSessions.getState();
      if (!awaitsPatterns(filterText)) setFilterText(filterText);
    });
    return;
  }
  const parsed = parseTyped(text);
  useSessions.getState().setFilter(text, parsed.ok ? undefined : parsed.problem);
}

export function focusGrid(): void {
  useView.getState().show('sessions');
  focusSoon(`#${GRID_ID}`);
}

const shortened = (text: string) =>
  text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS - 1)}…` : text;

function filterBy(by: FilterBy, without: boolean): Action {
  const what = sessionActionText.what[by];
  const value = () => {
    const { current } = useSessions.getState();
    return current && filterValue(current, by);
  };
  const label = () => {
    const shown = value();
    if (shown === undefined)
      return without ? sessionActionText.withoutThis(what) : sessionActionText.onlyThis(what);
    const words = without ? sessionActionText.without : sessionActionText.only;
    return words(what, shortened(shown));
  };
  return {
    id: `filter.${without ? 'without' : 'only'}-${by}`,
    label,
    group: 'filter',
    icon: without ? FunnelX : Funnel,
    keywords: without ? ['hide', 'exclude'] : ['filter by', 'show'],
    enabled: () => value() !== undefined,
    run: () => {
      const { current, typed } = useSessions.getState();
      if (!current) return;
      useView.getState().show('sessions');
      setFilterText(withCondition(typed, filterCondition(current, by, without)));
    },
  };
}

export const FILTER_BY_IDS = {
  only: FILTER_BY.map((by) => `filter.only-${by}`),
  without: FILTER_BY.map((by) => `filter.without-${by}`),
};

export const FILTER_ACTIONS: readonly Action[] = [
  {
    id: 'sessions.find',
    label: sessionActionText.find,
    group: 'filter',
    shortcuts: ['Ctrl+F'],
    icon: ListFilter,
    keywords: ['search', 'find'],
    run: () => {
      useView.getState().show('sessions');
      focusSoon(`#${FILTER_INPUT_ID}`);
      document.querySelector<HTMLInputElement>(`#${FILTER_INPUT_ID}`)?.select();
    },
  },
  {
    id: 'sessions.clearFilter',
    label: sessionActionText.clearFilter,
    group: 'filter',
    icon: ListX,
    keywords: ['reset', 'show all'],
    enabled: () => useSessions.getState().filterText !== '' || isNarrow(useSessions.getState().scope),
    run: () => {
      setFilterText('');
      useSessions.getState().setScope(NO_SCOPE);
      focusGrid();
    },
  },
  {
    id: 'sessions.grid',
    label: sessionActionText.grid,
    group: 'view',
    shortcuts: ['Ctrl+Shift+G'],
    icon: Rows3,
    keywords: ['focus', 'grid'],
    run: focusGrid,
  },
  ...FILTER_BY.map((by) => filterBy(by, false)),
  ...FILTER_BY.map((by) => filterBy(by, true)),
];
