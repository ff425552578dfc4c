/** The Sessions view: what is asked of the list, how large it is, and what is selected in it. No I/O: features/sessions feeds it. */

import { create } from 'zustand';
import type { SessionOrder, SortKey } from '#model/contract/contract.ts';
import type { BranchRef } from '#model/contract/tree.ts';
import type { FilterProblem } from '#model/filter/ast.ts';
import type { SessionId, SessionRow } from '#model/session.ts';
import { effectiveFilter, NO_SCOPE, type Scope } from './scope.ts';
import { NO_SELECTION, type Selection } from './selection.ts';

export const NEWEST_LAST: SessionOrder = { by: 'id', descending: false };

export interface SessionsState {
  /** As it stands in the input. */
  readonly filterText: string;
  /** The newest text that is a filter. */
  readonly typed: string;
  readonly scope: Scope;
  /** `scope` and `typed` together: what the list shows. */
  readonly filter: string;
  /** Places of the tree below which one sees. */
  readonly open: readonly BranchRef[];
  readonly problem: FilterProblem | undefined;
  readonly order: SessionOrder;
  readonly matched: number;
  readonly total: number;
  /** More may be found to match: `matched` grows. */
  readonly counting: boolean;
  readonly loaded: boolean;
  readonly selection: Selection;
  /** Grows when the cursor was put somewhere: the list then brings it into sight. */
  readonly moves: number;
  /** The session under the cursor: what the inspector shows. */
  readonly current: SessionRow | undefined;
  /** Sessions removed last, which the list may still show for a moment. */
  readonly removed: ReadonlySet<SessionId>;
  readonly inspectorOpen: boolean;
  /** In the inspector's place; never both. */
  readonly statisticsOpen: boolean;
  /** Sessions whose comment is being written. */
  readonly commenting: readonly SessionId[] | undefined;
  setFilter(text: string, problem: FilterProblem | undefined): void;
  setScope(scope: Scope): void;
  setOpen(open: readonly BranchRef[]): void;
  /** Another tab's view in the place of this one. */
  showView(view: SessionsView): void;
  sortBy(by: SortKey): void;
  setCounts(matched: number, total: number, counting?: boolean): void;
  /** Somebody chose: the cursor's row comes into sight. */
  select(selection: Selection, current: SessionRow | undefined): void;
  /** The list moved under the selection, or the cursor's row came or changed: nothing scrolls. */
  follow(selection: Selection, current: SessionRow | undefined): void;
  /** The cursor goes to what moves up to that row. */
  followRemoval(ids: Iterable<SessionId>, cursor: number): void;
  toggleInspector(): void;
  toggleStatistics(): void;
  setCommenting(ids: readonly SessionId[] | undefined): void;
}

/** What a tab has of its own. */
export type SessionsView = Pick<
  SessionsState,
  'filterText' | 'typed' | 'problem' | 'scope' | 'open' | 'order' | 'selection' | 'current'
>;

export const viewNow = (): SessionsView => {
  const { filterText, typed, problem, scope, open, order, selection, current } = useSessions.getState();
  return { filterText, typed, problem, scope, open, order, selection, current };
};

/** What a new filter hides must not be marked or removed unseen. */
const narrowed = ({ selection, current }: SessionsState) => ({
  selection: { ...selection, ids: new Set(current ? [current.id] : []) },
});

/** A column's header goes through upward, downward, and back to the order of arrival. */
export function nextOrder(order: SessionOrder, by: SortKey): SessionOrder {
  if (order.by !== by) return { by, descending: false };
  if (!order.descending) return { by, descending: true };
  return NEWEST_LAST;
}

export const useSessions = create<SessionsState>()((set) => ({
  filterText: '',
  typed: '',
  scope: NO_SCOPE,
  filter: '',
  open: [],
  problem: undefined,
  order: NEWEST_LAST,
  matched: 0,
  total: 0,
  counting: false,
  loaded: false,
  selection: NO_SELECTION,
  moves: 0,
  current: undefined,
  removed: new Set(),
  inspectorOpen: true,
  statisticsOpen: false,
  commenting: undefined,
  setFilter: (filterText, problem) =>
    set((old) => {
      const typed = filterText.trim();
      if (problem || typed === old.typed) return { filterText, problem };
      const filter = effectiveFilter(old.scope, typed);
      return { filterText, problem, typed, filter, ...narrowed(old) };
    }),
  setScope: (scope) =>
    set((old) => {
      const filter = effectiveFilter(scope, old.typed);
      return filter === old.filter ? { scope } : { scope, filter, ...narrowed(old) };
    }),
  setOpen: (open) => set({ open }),
  showView: (view) =>
    set(({ moves }) => ({
      ...view,
      filter: effectiveFilter(view.scope, view.typed),
      moves: view.selection.cursor < 0 ? moves : moves + 1,
    })),
  sortBy: (by) => set(({ order }) => ({ order: nextOrder(order, by) })),
  setCounts: (matched, total, counting = false) => set({ matched, total, counting, loaded: true }),
  select: (selection, current) => set(({ moves }) => ({ selection, current, moves: moves + 1 })),
  follow: (selection, current) => set({ selection, current }),
  followRemoval: (ids, cursor) =>
    set({
      removed: new Set(ids),
      selection: { ids: new Set(), cursor, anchor: cursor },
      current: undefined,
    }),
  toggleInspector: () => set((old) => ({ inspectorOpen: !old.inspectorOpen, statisticsOpen: false })),
  toggleStatistics: () =>
    set((old) => ({ statisticsOpen: !old.statisticsOpen, inspectorOpen: old.statisticsOpen })),
  setCommenting: (commenting) => set({ commenting }),
}));

/**
 * The session with its row as the list has it now: marks, comments and findings come after the session has ended, when it is no longer
 * watched by itself.
 */
export function useLiveRow<T extends { readonly row: SessionRow } | undefined>(session: T): T {
  const row = useSessions(({ current }) => (current?.id === session?.row.id ? current : undefined));
  return session && row ? { ...session, row } : session;
}

/** Ids of the selected sessions, in the order they were taken. */
export function selectedIds(): SessionId[] {
  return [...useSessions.getState().selection.ids];
}
