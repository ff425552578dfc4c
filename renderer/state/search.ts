/** What is looked for everywhere, how, and what was found so far, as rows of a list. No I/O here. */
import { create } from 'zustand';
import {
  SEARCH_PLACES,
  type SearchFound,
  type SearchHit,
  type SearchPlace,
  type SearchProgress,
} from '#model/search.ts';

export interface SearchOptions {
  readonly regex: boolean;
  readonly caseSensitive: boolean;
  readonly wholeWord: boolean;
  readonly places: readonly SearchPlace[];
  readonly newestFirst: boolean;
  /** Only sessions that the list's filter shows. */
  readonly filtered: boolean;
}

/** A session, or a hit in it. */
export type SearchRow =
  | { readonly kind: 'session'; readonly found: SearchFound }
  | { readonly kind: 'hit'; readonly found: SearchFound; readonly hit: SearchHit };

export interface SearchState {
  readonly text: string;
  readonly options: SearchOptions;
  readonly rows: readonly SearchRow[];
  readonly hits: number;
  readonly sessions: number;
  /** Undefined: nothing has been searched for. */
  readonly progress: SearchProgress | undefined;
  /** Ended by the user before all was looked at. */
  readonly cancelled: boolean;
  readonly problem: string | undefined;
  /** Index of the row under the cursor; -1: none. */
  readonly selected: number;
  setText(text: string): void;
  setOptions(change: Partial<SearchOptions>): void;
  select(index: number): void;
  /** A search begins: what the one before found is gone. */
  begin(total: number): void;
  receive(found: readonly SearchFound[], progress: SearchProgress): void;
  fail(problem: string): void;
  cancel(): void;
  /** As if nothing had been searched for. */
  clear(): void;
}

const NOTHING = {
  rows: [],
  hits: 0,
  sessions: 0,
  progress: undefined,
  cancelled: false,
  problem: undefined,
  selected: -1,
} as const;

function rowsOf(found: readonly SearchFound[]): SearchRow[] {
  return found.flatMap((one) => [
    { kind: 'session', found: one } as const,
    ...one.hits.map((hit) => ({ kind: 'hit', found: one, hit }) as const),
  ]);
}

/** Whether it is looked for right now. */
export const isSearching = ({ progress, cancelled, problem }: SearchState): boolean =>
  progress?.state === 'running' && !cancelled && problem === undefined;

export const useSearch = create<SearchState>()((set) => ({
  text: '',
  options: {
    regex: false,
    caseSensitive: false,
    wholeWord: false,
    places: [...SEARCH_PLACES],
    newestFirst: true,
    filtered: false,
  },
  ...NOTHING,
  setText: (text) => set({ text }),
  setOptions: (change) => set(({ options }) => ({ options: { ...options, ...change } })),
  select: (selected) => set({ selected }),
  begin: (total) =>
    set({ ...NOTHING, progress: { state: 'running', looked: 0, total, read: 0, cut: 0, unreadable: 0 } }),
  receive: (found, progress) =>
    set((old) => {
      // After a lost connection the search begins anew.
      const again = progress.looked < (old.progress?.looked ?? 0);
      const before = again ? NOTHING : old;
      return {
        progress,
        selected: before.selected,
        rows: found.length === 0 && !again ? old.rows : [...before.rows, ...rowsOf(found)],
        hits: before.hits + found.reduce((sum, { hits }) => sum + hits.length, 0),
        sessions: before.sessions + found.length,
      };
    }),
  fail: (problem) => set({ problem }),
  cancel: () => set({ cancelled: true }),
  clear: () => set(NOTHING),
}));
