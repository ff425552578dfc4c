/** The export that the dialog asks about, and the user's own patterns of what is a secret. */
import { create } from 'zustand';
import type { ExportSelection } from '#model/contract/contract.ts';
import { usePreferences } from './preferences.ts';

interface ExportingState {
  /** Open while there is something. */
  readonly what: ExportSelection | undefined;
  open(what: ExportSelection): void;
  close(): void;
}

export const useExporting = create<ExportingState>()((set) => ({
  what: undefined,
  open: (what) => set({ what }),
  close: () => set({ what: undefined }),
}));

const PATTERNS = 'redaction.patterns';
const COPIES = 'redaction.copies';
type Values = Pick<ReturnType<typeof usePreferences.getState>, 'values'>;

/** What a preference that is not there, or means nothing, stands for: no patterns. */
export function patternsOf({ values }: Values): readonly string[] {
  try {
    const read: unknown = JSON.parse(values[PATTERNS] ?? '[]');
    return Array.isArray(read) ? read.filter((one) => typeof one === 'string' && one !== '') : [];
  } catch {
    return [];
  }
}

/** False when they are too many to be kept. */
export function keepPatterns(patterns: readonly string[]): boolean {
  const text = JSON.stringify(patterns);
  // The contract's limits.
  if (text.length > 4096 || patterns.length > 50) return false;
  usePreferences.getState().set(PATTERNS, text);
  return true;
}

/** Whether secrets are masked in what is copied as text; true unless the user chose otherwise. */
export const masksCopies = ({ values }: Values): boolean => values[COPIES] !== 'off';
export const maskCopies = (on: boolean): void => usePreferences.getState().set(COPIES, on ? 'on' : 'off');
