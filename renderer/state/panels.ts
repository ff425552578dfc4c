/** The panels around the list: which are shown. The choice lasts, but for what lies over the list where there is no room beside it. */
import { create } from 'zustand';
import { type PreferencesState, usePreferences } from './preferences.ts';

export const PANELS = ['tree', 'timeline'] as const;
export type PanelId = (typeof PANELS)[number];

/** px of a window in which the tree has room beside list and inspector without being asked for. */
const ROOMY = 1500;
const isRoomy = () => typeof innerWidth === 'number' && innerWidth >= ROOMY;

/** Over the list, in a window that is too narrow for both. */
export const useDrawer = create<{ readonly open: boolean }>()(() => ({ open: false }));

const nameOf = (panel: PanelId) => `panel.${panel}`;

export function isPanelShown(panel: PanelId, { values }: Pick<PreferencesState, 'values'>): boolean {
  const chosen = values[nameOf(panel)];
  return chosen === undefined ? panel === 'tree' && isRoomy() : chosen === 'shown';
}

export function togglePanel(panel: PanelId): void {
  const state = usePreferences.getState();
  state.set(nameOf(panel), isPanelShown(panel, state) ? 'hidden' : 'shown');
}
