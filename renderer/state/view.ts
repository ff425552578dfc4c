/** Which view is shown, and which of the window's own panels stands over it. No I/O here. */

import { create } from 'zustand';
import type { SessionId } from '#model/session.ts';

export const VIEWS = [
  'sessions',
  'search',
  'compare',
  'composer',
  'rules',
  'findings',
  'connect',
  'settings',
] as const;
export type ViewId = (typeof VIEWS)[number];
export type PanelId = 'palette' | 'shortcuts';

export interface ViewState {
  readonly view: ViewId;
  /** One at a time: opening one closes the other. */
  readonly panel: PanelId | undefined;
  /** The session the composer should take up; `stamp` makes asking twice for the same one count. */
  readonly composerSeed: { readonly id: SessionId; readonly stamp: number } | undefined;
  show(view: ViewId): void;
  openPanel(panel: PanelId): void;
  closePanel(): void;
  /** The rule the rules view should show, by name. */
  readonly rule: string | undefined;
  showRule(name: string | undefined): void;
  /** Shows the composer with that session in it. */
  compose(id: SessionId): void;
}

export const useView = create<ViewState>()((set) => ({
  view: 'sessions',
  panel: undefined,
  composerSeed: undefined,
  rule: undefined,
  show: (view) => set({ view }),
  showRule: (rule) => set({ view: 'rules', rule }),
  openPanel: (panel) => set({ panel }),
  closePanel: () => set({ panel: undefined }),
  compose: (id) =>
    set((old) => ({ view: 'composer', composerSeed: { id, stamp: (old.composerSeed?.stamp ?? 0) + 1 } })),
}));
