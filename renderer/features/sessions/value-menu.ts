/** What can be done with a captured value in the inspector: only the sessions that have it, those that have not, a column of it. */

import { quoted } from '../../state/scope.ts';
import { useSessions } from '../../state/sessions.ts';
import { sessionActionText } from '../../text/sessions.ts';
import type { MenuEntry } from '../../ui/Menu.tsx';
import { added } from './column-layout.ts';
import { setFilterText } from './filter-actions.ts';
import { withCondition } from './filter-by.ts';
import { parseTyped } from './typed-filter.ts';
import { arrange, columnLayout } from './use-columns.ts';

/** A menu is no place for a whole token. */
const SHOWN = 40;
const shortened = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text);

/** Entries for values with names, as of `header`; none for a name that the filter language cannot say. */
export const valueMenu =
  (field: 'header' | 'cookie' | 'query') =>
  ({ name, value }: { readonly name: string; readonly value: string }): readonly MenuEntry[] => {
    const of = `${field}:${name}`;
    const condition = (operator: '=' | '!=') => `${of}${operator}${quoted(value)}`;
    if (!parseTyped(condition('=')).ok) return [];
    const filter = (operator: '=' | '!=') => () =>
      setFilterText(withCondition(useSessions.getState().typed, condition(operator)));
    const shown = shortened(value);
    return [
      { id: 'only', label: sessionActionText.only(name, shown), onSelect: filter('=') },
      { id: 'without', label: sessionActionText.without(name, shown), onSelect: filter('!=') },
      'separator',
      {
        id: 'column',
        label: sessionActionText.columnOf(name),
        onSelect: () => arrange(added(columnLayout(), of)),
      },
    ];
  };
