/** Stretches of time on the timeline: moved, extended, zoomed, never out of what there is. Pure; ms since the epoch. */
import type { TimeRange } from '../../state/scope.ts';

/** Nobody zooms further in. */
const LEAST_MS = 10;
/** Of what is seen, by a press of an arrow key. */
const STEP = 1 / 40;
const FIRST_PART = 1 / 10;

const lengthOf = ({ from, to }: TimeRange) => to - from;

/** Within `all`, moved rather than cut where it is too far out. */
export function within(range: TimeRange, all: TimeRange): TimeRange {
  const length = Math.min(Math.max(LEAST_MS, lengthOf(range)), Math.max(LEAST_MS, lengthOf(all)));
  const from = Math.max(all.from, Math.min(range.from, all.to - length));
  return { from: Math.round(from), to: Math.round(from + length) };
}

/** `factor` below 1 goes in; `at` stays where it is. Undefined: everything is seen. */
export function zoomed(view: TimeRange, all: TimeRange, factor: number, at: number): TimeRange | undefined {
  const length = Math.max(LEAST_MS, lengthOf(view) * factor);
  if (length >= lengthOf(all)) return undefined;
  const part = (at - view.from) / Math.max(1, lengthOf(view));
  const from = at - length * part;
  return within({ from, to: from + length }, all);
}

/** What an arrow key makes of the chosen range: it moves, with Shift its end does. Without a range the last part of what is seen is chosen. */
export function nudged(
  range: TimeRange | undefined,
  view: TimeRange,
  way: -1 | 1,
  extend: boolean,
): TimeRange {
  if (range === undefined) return within({ from: view.to - lengthOf(view) * FIRST_PART, to: view.to }, view);
  const by = Math.max(1, lengthOf(view) * STEP) * way;
  const to = Math.round(range.to + by);
  if (extend) return to - range.from < LEAST_MS ? range : { from: range.from, to };
  return { from: Math.round(range.from + by), to };
}

/** Either way round. */
export const between = (a: number, b: number): TimeRange => ({
  from: Math.floor(Math.min(a, b)),
  to: Math.ceil(Math.max(a, b)),
});

/** So many spans as there is room for; in steps, so that a divider that is dragged does not ask at every pixel. */
export const spansFor = (px: number): number => Math.min(600, Math.max(40, Math.floor(px / 160) * 40));
