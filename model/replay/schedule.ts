/** When each request of a replay may begin, in ms from its start: at an even rate, at one that grows, or as it was recorded. Pure. */
import { FREE_RATE, MOST_RATE, type Pace } from './plan.ts';

/** A ramp begins at so much of its rate. */
const RAMP_FROM = 0.1;

/**
 * When the request with the number `i` (from 0) may begin at `rate` a second, if that is reached after `rampMs`. The rate grows evenly, so the number
 * begun is an integral of second degree until then.
 */
export function pacedAt(i: number, { rate, rampMs }: { rate: number; rampMs: number }): number {
  const perMs = rate / 1000;
  if (rampMs === 0) return i / perMs;
  const from = perMs * RAMP_FROM;
  const growth = (perMs - from) / rampMs;
  const duringRamp = ((from + perMs) / 2) * rampMs;
  if (i >= duringRamp) return rampMs + (i - duringRamp) / perMs;
  return (Math.sqrt(from ** 2 + 2 * growth * i) - from) / growth;
}

/** When those recorded at `times` (epoch ms) begin, one round of them after the other. Where that is oftener than `rate`, it is later. */
export function originalAt(
  times: readonly number[],
  { speed, rate }: { speed: number; rate: number },
): (i: number) => number {
  const first = Math.min(...times);
  const gap = 1000 / rate;
  const span = Math.max(0, Math.max(...times) - first) / speed + gap;
  const at: number[] = [];
  return (i) => {
    for (let next = at.length; next <= i; next++) {
      const round = Math.floor(next / times.length) * span;
      const wanted = round + ((times[next % times.length] ?? first) - first) / speed;
      at.push(Math.max(wanted, (at.at(-1) ?? Number.NEGATIVE_INFINITY) + gap));
    }
    return at[i] ?? 0;
  };
}

/** Requests a second that a pace may come to. Above `FREE_RATE` only hosts in the scope may be sent to. */
export function peakRate(pace: Pace, hasScope: boolean): number {
  if (pace.kind === 'paced') return pace.rate;
  if (pace.kind === 'together') return MOST_RATE;
  return hasScope ? MOST_RATE : FREE_RATE;
}
