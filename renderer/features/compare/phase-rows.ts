/** The phases of two sessions on one axis, each pair a row, with what the second took more. Pure. */
import type { Session } from '#model/session.ts';
import { PHASES, type PhaseName, timingPhases } from '../inspector/timing-phases.ts';

export interface PhaseBar {
  /** ms. */
  readonly duration: number;
  /** Share of the axis, 0 to 1. */
  readonly left: number;
  readonly width: number;
}

export interface PhaseRow {
  readonly name: PhaseName;
  readonly a: PhaseBar | undefined;
  readonly b: PhaseBar | undefined;
  /** ms that B took more; a phase that did not happen took none. */
  readonly more: number;
}

export interface PhaseRows {
  readonly rows: readonly PhaseRow[];
  readonly totalA: number;
  readonly totalB: number;
}

type Timed = Pick<Session, 'timings' | 'row'>;

export function phaseRows(a: Timed, b: Timed): PhaseRows {
  const left = timingPhases(a.timings, a.row.durationMs);
  const right = timingPhases(b.timings, b.row.durationMs);
  const axis = Math.max(left.total, right.total);
  const bar = ({ phases }: typeof left, name: PhaseName): PhaseBar | undefined => {
    const phase = phases.find((one) => one.name === name);
    if (!phase) return undefined;
    return { duration: phase.duration, left: phase.start / axis, width: phase.duration / axis };
  };
  const rows = PHASES.map((name) => ({ name, a: bar(left, name), b: bar(right, name) }))
    .filter((row) => row.a !== undefined || row.b !== undefined)
    .map((row) => ({ ...row, more: (row.b?.duration ?? 0) - (row.a?.duration ?? 0) }));
  return {
    rows,
    totalA: a.row.durationMs ?? left.total,
    totalB: b.row.durationMs ?? right.total,
  };
}
