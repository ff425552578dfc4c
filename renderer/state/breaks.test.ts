import { expect, test } from 'vitest';
import type { BreakState } from '#model/rules/paused.ts';
import { chosenPaused, useBreaks } from './breaks.ts';

const paused = (...ids: number[]): BreakState['paused'] =>
  ids.map((id) => ({
    id,
    at: 'request',
    session: id,
    rule: 'r',
    since: 0,
    until: 0,
    method: 'GET',
    url: 'http://a/',
    headers: [],
  }));

test('the first is shown until another is chosen, and again when that is gone', () => {
  useBreaks.getState().set({ breakpoints: [], paused: paused(1, 2) });
  expect(chosenPaused(useBreaks.getState())?.id).toBe(1);
  useBreaks.getState().choose(2);
  expect(chosenPaused(useBreaks.getState())?.id).toBe(2);
  useBreaks.getState().set({ breakpoints: [], paused: paused(3) });
  expect(chosenPaused(useBreaks.getState())?.id).toBe(3);
  useBreaks.getState().set({ breakpoints: [], paused: [] });
  expect(chosenPaused(useBreaks.getState())).toBeUndefined();
});
