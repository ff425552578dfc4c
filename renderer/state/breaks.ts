/** What stands at breakpoints, as the host last said. No I/O. */
import { create } from 'zustand';
import type { BreakState } from '#model/rules/paused.ts';

export interface BreaksState extends BreakState {
  /** The paused item that is being looked at; the first one when it is not there any more. */
  readonly chosen: number | undefined;
  set(state: BreakState): void;
  choose(id: number): void;
}

export const useBreaks = create<BreaksState>()((set) => ({
  breakpoints: [],
  paused: [],
  chosen: undefined,
  set: (state) => set(state),
  choose: (chosen) => set({ chosen }),
}));

/** The one on screen. */
export const chosenPaused = ({ paused, chosen }: Pick<BreaksState, 'paused' | 'chosen'>) =>
  paused.find(({ id }) => id === chosen) ?? paused[0];
