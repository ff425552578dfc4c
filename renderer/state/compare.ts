/** What is compared with what: the sessions kept for one side, and the two sides on screen. No I/O: features/compare reads the sessions. */
import { create } from 'zustand';
import type { SessionId } from '#model/session.ts';
import { usePreferences } from './preferences.ts';

export interface Comparison {
  /** In the order in which they were selected; each at least one. */
  readonly a: readonly SessionId[];
  readonly b: readonly SessionId[];
}

export interface CompareState {
  /** Kept for side A until side B is chosen. */
  readonly kept: readonly SessionId[];
  readonly shown: Comparison | undefined;
  /** What is equal on both sides is left out. */
  readonly onlyDifferences: boolean;
  keep(ids: readonly SessionId[]): void;
  compare(shown: Comparison): void;
  swap(): void;
  setOnlyDifferences(only: boolean): void;
}

export const useCompare = create<CompareState>()((set) => ({
  kept: [],
  shown: undefined,
  onlyDifferences: true,
  keep: (kept) => set({ kept }),
  compare: (shown) => set({ shown, kept: [] }),
  swap: () => set(({ shown }) => (shown ? { shown: { a: shown.b, b: shown.a } } : {})),
  setOnlyDifferences: (onlyDifferences) => set({ onlyDifferences }),
}));

const NAME = 'compare.ignore';
/** As much as a preference holds. */
const MOST_CHARACTERS = 4096;

/** Fields that do not count, as people wrote them: names as in formats/compare/call-fields.ts, `*` for anything. */
export const ignoredFieldsOf = ({
  values,
}: {
  readonly values: Readonly<Record<string, string>>;
}): string[] => (values[NAME] ?? '').split('\n').filter((line) => line !== '');

/** False when there is no room for more. */
export function ignoreField(field: string): boolean {
  const state = usePreferences.getState();
  const name = field.trim().replaceAll('\n', ' ');
  const fields = ignoredFieldsOf(state);
  if (name === '' || fields.includes(name)) return true;
  const text = [...fields, name].join('\n');
  if (text.length > MOST_CHARACTERS) return false;
  state.set(NAME, text);
  return true;
}

export function countFieldAgain(field: string): void {
  const state = usePreferences.getState();
  state.set(
    NAME,
    ignoredFieldsOf(state)
      .filter((one) => one !== field)
      .join('\n'),
  );
}
