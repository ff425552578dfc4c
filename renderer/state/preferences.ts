/**
 * The workbench's lasting choices, by name, and what the ones of the window mean. The host keeps them; main.tsx feeds this store from it
 * and hands it the function that writes. A value that means nothing (an older or newer Sluice wrote it) counts as none.
 */
import { create } from 'zustand';
import type { Preferences } from '#model/contract/contract.ts';

export const THEMES = ['system', 'dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];
export const DENSITIES = ['compact', 'normal', 'relaxed'] as const;
export type Density = (typeof DENSITIES)[number];

export interface PreferencesState {
  readonly values: Preferences;
  /** Whether the host has told them. */
  readonly received: boolean;
  /** What the host says. */
  receive(values: Preferences): void;
  /** In force at once; kept by `keep`. */
  set(name: string, value: string): void;
  /** Replaced when the host can be reached; until then choices last as long as the window. */
  readonly keep: (name: string, value: string) => void;
}

export const usePreferences = create<PreferencesState>()((set, get) => ({
  values: {},
  received: false,
  receive: (values) => set({ values, received: true }),
  set(name, value) {
    const { values, keep } = get();
    if (values[name] === value) return;
    set({ values: { ...values, [name]: value } });
    keep(name, value);
  },
  keep: () => {},
}));

const oneOf = <T extends string>(known: readonly T[], value: string | undefined, otherwise: T): T =>
  known.find((one) => one === value) ?? otherwise;

type Values = Pick<PreferencesState, 'values'>;
export const themeOf = ({ values }: Values): Theme => oneOf(THEMES, values.theme, 'system');
export const densityOf = ({ values }: Values): Density => oneOf(DENSITIES, values.density, 'normal');

const MOST_RECENT = 8;
/** Ids of the actions run last from the palette, newest first. */
export const recentActionsOf = ({ values }: Values): string[] =>
  (values['palette.recent'] ?? '').split(' ').filter((id) => id !== '');

export function rememberAction(id: string): void {
  const state = usePreferences.getState();
  const rest = recentActionsOf(state).filter((other) => other !== id);
  state.set('palette.recent', [id, ...rest].slice(0, MOST_RECENT).join(' '));
}

/** As the `storage` of a component that remembers under keys of its own. */
export const layoutStorage = {
  getItem: (key: string): string | null => usePreferences.getState().values[layoutName(key)] ?? null,
  setItem: (key: string, value: string): void => usePreferences.getState().set(layoutName(key), value),
};

/** A name as the host allows it: at most 64 of a to z, digits, dot and dash. */
const layoutName = (key: string) =>
  `layout.${key
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(-56)}`;
