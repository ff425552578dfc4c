/** The phases of a session laid on one time axis, for the waterfall. Phases that did not happen (a reused connection) are left out. */
import type { Timings } from '#model/session.ts';

export const PHASES = ['blocked', 'dns', 'connect', 'tls', 'send', 'wait', 'receive'] as const;
export type PhaseName = (typeof PHASES)[number];

export interface Phase {
  readonly name: PhaseName;
  /** ms after the session began. */
  readonly start: number;
  readonly duration: number;
  /** Share of the axis, 0 to 1. */
  readonly left: number;
  readonly width: number;
}

/** Phases in the order in which they happen, one after the other, and the axis' length in ms (never 0). */
export function timingPhases(timings: Timings, durationMs?: number): { phases: Phase[]; total: number } {
  const present = PHASES.flatMap((name) => {
    const duration = timings[name];
    return duration === undefined || !(duration >= 0) ? [] : [{ name, duration }];
  });
  const sum = present.reduce((all, { duration }) => all + duration, 0);
  const total = Math.max(sum, durationMs ?? 0) || 1;
  let start = 0;
  const phases = present.map(({ name, duration }) => {
    const phase = { name, duration, start, left: start / total, width: duration / total };
    start += duration;
    return phase;
  });
  return { phases, total };
}
