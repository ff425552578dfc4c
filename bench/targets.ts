/** The figures that Sluice is to reach, as data, and whether a run reached them. Pure. Adding one is adding a line. */
import { SLUICE, SLUICE_RULES } from './peers/sluice.ts';
import type { RunResult, ScenarioResult } from './results.ts';
import { median } from './statistics.ts';

interface Where {
  readonly scenario: string;
  readonly metric: string;
}

/** Sluice's figure is at least so many times the peer's. */
export interface RatioTarget extends Where {
  readonly kind: 'ratio';
  readonly peer: string;
  readonly atLeast: number;
  /** Whose figure it is, where it is not Sluice's as it comes. */
  readonly own?: string;
}

/** Sluice's figure is at most so much; with `over`, so much more than that peer's. */
export interface LimitTarget extends Where {
  readonly kind: 'limit';
  readonly atMost: number;
  readonly over?: string;
  /** Met only where this metric reached this much, as the memory of 10 GB by a run that streamed 10 GB; with less it can be missed. */
  readonly provided?: { readonly metric: string; readonly atLeast: number };
}

export type Target = RatioTarget | LimitTarget;

const ratio = (scenario: string, peer: string, atLeast: number): RatioTarget => ({
  kind: 'ratio',
  scenario,
  metric: 'rate',
  peer,
  atLeast,
});

const limit = (
  scenario: string,
  metric: string,
  atMost: number,
  more: Partial<LimitTarget> = {},
): LimitTarget => ({
  kind: 'limit',
  scenario,
  metric,
  atMost,
  ...more,
});

export const TARGETS: readonly Target[] = [
  ratio('https-1kb', 'squid', 1.2),
  ratio('https-1kb', 'http-mitm-proxy', 3),
  ratio('https-1kb', 'mockttp', 6),
  ratio('https-1kb', 'mitmproxy', 15),
  { ...ratio('https-1kb', SLUICE, 0.8), own: SLUICE_RULES },
  ratio('http-1kb', 'squid', 1.5),
  ratio('https-100kb', 'squid', 1),
  ratio('https-10mb', 'squid', 0.85),
  ratio('http2-1kb', 'mockttp', 4),
  limit('latency', 'p50', 0.5, { over: 'direct' }),
  limit('new-host', 'handshake', 15),
  limit('memory', 'peak', 300, { provided: { metric: 'streamed', atLeast: 10 } }),
  // Flat: what buffers between two sockets may hold, and what a garbage collector leaves lying.
  limit('slow-client', 'growth', 50),
  limit('idle-connections', 'resident', 800, { provided: { metric: 'held', atLeast: 10_000 } }),
];

export interface Verdict {
  readonly target: Target;
  /** Ratio or value; undefined when it was not measured. */
  readonly reached: number | undefined;
  readonly met: boolean | undefined;
}

/** The median of a peer's rounds; undefined where there is none. */
export function figureOf(
  result: ScenarioResult | undefined,
  peer: string,
  metric: string,
): number | undefined {
  const rounds = result?.peers.find((one) => one.peer === peer)?.rounds ?? [];
  const values = rounds.flatMap((round) => round[metric] ?? []);
  return values.length === 0 ? undefined : median(values);
}

export function judge(target: Target, run: Pick<RunResult, 'scenarios'>): Verdict {
  const result = run.scenarios.find(({ scenario }) => scenario.name === target.scenario);
  const whose = target.kind === 'ratio' ? (target.own ?? SLUICE) : SLUICE;
  const own = figureOf(result, whose, target.metric);
  const unknown = { target, reached: undefined, met: undefined };
  if (own === undefined) return unknown;
  if (target.kind === 'ratio') {
    const theirs = figureOf(result, target.peer, target.metric);
    if (theirs === undefined) return unknown;
    const reached = own / theirs;
    return { target, reached, met: reached >= target.atLeast };
  }
  const { over, provided } = target;
  const base = over === undefined ? 0 : figureOf(result, over, target.metric);
  if (base === undefined) return unknown;
  const reached = own - base;
  const short = provided && (figureOf(result, SLUICE, provided.metric) ?? 0) < provided.atLeast;
  return short && reached <= target.atMost ? unknown : { target, reached, met: reached <= target.atMost };
}
