/** Which view is shown and how: no I/O here, main.tsx restores and saves what should last. */

import { create } from 'zustand';
import type { SessionId } from '#model/session.ts';

export type ViewId = 'sessions' | 'composer' | 'findings' | 'connect';
export type Theme = 'system' | 'dark' | 'light';

export interface ViewState {
  readonly view: ViewId;
  readonly theme: Theme;
  readonly paletteOpen: boolean;
  /** The session the composer should take up; `stamp` makes asking twice for the same one count. */
  readonly composerSeed: { readonly id: SessionId; readonly stamp: number } | undefined;
  show(view: ViewId): void;
  setTheme(theme: Theme): void;
  setPalette(open: boolean): void;
  /** Shows the composer with that session in it. */
  compose(id: SessionId): void;
}

export const useView = create<ViewState>()((set) => ({
  view: 'sessions',
  theme: 'system',
  paletteOpen: false,
  composerSeed: undefined,
  show: (view) => set({ view }),
  setTheme: (theme) => set({ theme }),
  setPalette: (paletteOpen) => set({ paletteOpen }),
  compose: (id) =>
    set((old) => ({ view: 'composer', composerSeed: { id, stamp: (old.composerSeed?.stamp ?? 0) + 1 } })),
}));
