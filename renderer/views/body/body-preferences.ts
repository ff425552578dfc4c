/** How bodies are shown, chosen once for all of them; lasts as long as the window. */
import { create } from 'zustand';
import type { BodyMode } from './body-view-mode.ts';

export interface BodyPreferences {
  readonly mode: BodyMode | undefined;
  readonly wrap: boolean;
  setMode(mode: BodyMode): void;
  setWrap(wrap: boolean): void;
}

export const useBodyPreferences = create<BodyPreferences>()((set) => ({
  mode: undefined,
  wrap: true,
  setMode: (mode) => set({ mode }),
  setWrap: (wrap) => set({ wrap }),
}));
