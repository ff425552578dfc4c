/** Bars of the waterfall column: when a session ran, within the time that the rows in sight span. Pure. */
import type { SessionRow } from '#model/session.ts';

export interface TimeSpan {
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
}

type Timed = Pick<SessionRow, 'startedAt' | 'durationMs'>;

/** The span of the rows; sessions that run reach to `now`. */
export function spanOf(rows: readonly Timed[], now: number): TimeSpan {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const { startedAt, durationMs } of rows) {
    from = Math.min(from, startedAt);
    to = Math.max(to, durationMs === undefined ? now : startedAt + durationMs);
  }
  return from <= to ? { from, to } : { from: 0, to: 1 };
}

/** Least width that can be seen, of the column. */
const LEAST = 0.012;

/** Left edge and width as shares of the column, 0 to 1, never beyond it. */
export function barOf(
  { startedAt, durationMs }: Timed,
  { from, to }: TimeSpan,
): { left: number; width: number } {
  const length = Math.max(1, to - from);
  const share = (at: number) => Math.min(1, Math.max(0, (at - from) / length));
  const end = share(durationMs === undefined ? to : startedAt + durationMs);
  const left = Math.min(share(startedAt), 1 - LEAST);
  return { left, width: Math.max(LEAST, end - left) };
}
