/** The sessions that the replay dialog asks about. Small, because it is always loaded; the dialog and its results are not. */
import { create } from 'zustand';
import type { SessionId } from '#model/session.ts';

interface ReplayingState {
  /** Open while there are some. */
  readonly ids: readonly SessionId[] | undefined;
  open(ids: readonly SessionId[]): void;
  close(): void;
}

export const useReplaying = create<ReplayingState>()((set) => ({
  ids: undefined,
  open: (ids) => set({ ids }),
  close: () => set({ ids: undefined }),
}));
