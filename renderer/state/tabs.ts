/**
 * Several views on one capture: which there are, in which order, and which one is shown. What the shown one looks like now is in the
 * sessions' store; here is what it looked like when it was left. No I/O: features/tabs keeps them between runs.
 */
import { create } from 'zustand';
import { effectiveFilter, NO_SCOPE, placeName } from './scope.ts';
import { NO_SELECTION } from './selection.ts';
import { NEWEST_LAST, type SessionsView, useSessions, viewNow } from './sessions.ts';

export interface Tab {
  readonly id: number;
  /** "": called by what it shows. */
  readonly name: string;
  readonly view: SessionsView;
}

export const FRESH_VIEW: SessionsView = {
  filterText: '',
  typed: '',
  problem: undefined,
  scope: NO_SCOPE,
  open: [],
  order: NEWEST_LAST,
  selection: NO_SELECTION,
  current: undefined,
};

/** More have no room, and each is kept between runs. */
export const MOST_TABS = 24;

export interface TabsState {
  readonly tabs: readonly Tab[];
  readonly shown: number;
  /** The one whose name is being written. */
  readonly renaming: number | undefined;
  /** A new one beside the one that is shown, and shows it; none when there are too many. */
  add(view?: SessionsView): void;
  show(id: number): void;
  /** The last one stays. */
  close(id: number): void;
  rename(id: number, name: string): void;
  setRenaming(id: number | undefined): void;
  /** So many places to the right; nothing at the ends. */
  move(id: number, by: number): void;
  /** As they were when the window was closed. */
  restore(tabs: readonly Tab[], shown: number): void;
}

/** The tabs with the one that is shown as it is now. */
export const tabsNow = ({ tabs, shown }: Pick<TabsState, 'tabs' | 'shown'>): Tab[] =>
  tabs.map((tab) => (tab.id === shown ? { ...tab, view: viewNow() } : tab));

export const useTabs = create<TabsState>()((set, get) => ({
  tabs: [{ id: 1, name: '', view: FRESH_VIEW }],
  shown: 1,
  renaming: undefined,
  add(view = FRESH_VIEW) {
    const tabs = tabsNow(get());
    if (tabs.length >= MOST_TABS) return;
    const id = Math.max(...tabs.map((tab) => tab.id)) + 1;
    const at = tabs.findIndex((tab) => tab.id === get().shown) + 1;
    set({ tabs: [...tabs.slice(0, at), { id, name: '', view }, ...tabs.slice(at)], shown: id });
    useSessions.getState().showView(view);
  },
  show(id) {
    const tab = get().tabs.find((one) => one.id === id);
    if (tab === undefined || id === get().shown) return;
    set({ tabs: tabsNow(get()), shown: id });
    useSessions.getState().showView(tab.view);
  },
  close(id) {
    const { tabs, shown } = get();
    const at = tabs.findIndex((tab) => tab.id === id);
    const next = tabs[at + 1] ?? tabs[at - 1];
    if (at < 0 || next === undefined) return;
    if (id === shown) get().show(next.id);
    set({ tabs: get().tabs.filter((tab) => tab.id !== id) });
  },
  rename: (id, name) =>
    set(({ tabs }) => ({
      tabs: tabs.map((tab) => (tab.id === id ? { ...tab, name: name.trim() } : tab)),
      renaming: undefined,
    })),
  setRenaming: (renaming) => set({ renaming }),
  move(id, by) {
    const { tabs } = get();
    const at = tabs.findIndex((tab) => tab.id === id);
    const tab = tabs[at];
    const to = at + by;
    if (tab === undefined || to < 0 || to >= tabs.length) return;
    set({ tabs: tabs.toSpliced(at, 1).toSpliced(to, 0, tab) });
  },
  restore(tabs, shown) {
    const tab = tabs.find((one) => one.id === shown) ?? tabs[0];
    if (tab === undefined) return;
    set({ tabs, shown: tab.id });
    useSessions.getState().showView(tab.view);
  },
}));

/** What a tab is called; undefined where it shows everything and has no name. */
export function tabName({ name, view }: Tab): string | undefined {
  if (name !== '') return name;
  const { typed, scope } = view;
  const [place] = scope.include;
  if (typed !== '') return typed;
  if (place !== undefined) return placeName(place);
  return effectiveFilter(scope, '') === '' ? undefined : '…';
}
