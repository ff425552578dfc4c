/** The part of the report about one scenario: a row for each peer. Pure. */
import { SLUICE } from '../peers/sluice.ts';
import type { PeerResult, ScenarioResult } from '../results.ts';
import type { Metric } from '../scenarios/scenario.ts';
import { median, spread } from '../statistics.ts';
import { figureOf, judge, type Target } from '../targets.ts';
import { number, table } from './tables.ts';

/** Worth telling: the peer had put off work that the measurement did not see. */
const LONG_SETTLING = 1;

function cell({ rounds }: PeerResult, { id, digits = 0 }: Metric): string {
  const values = rounds.flatMap((round) => round[id] ?? []);
  if (values.length === 0) return '';
  const middle = number(median(values), digits);
  if (values.length === 1) return middle;
  const { min, max } = spread(values);
  return `${middle} (${number(min, digits)}–${number(max, digits)})`;
}

/** Sluice's figure as a multiple of the peer's. */
function ratioCell(result: ScenarioResult, peer: string, metric: string): string {
  const own = figureOf(result, SLUICE, metric);
  const theirs = figureOf(result, peer, metric);
  if (peer === SLUICE || own === undefined || theirs === undefined || theirs === 0) return '';
  return `${number(own / theirs, 2)} ×`;
}

function targetCell(result: ScenarioResult, peer: string, targets: readonly Target[]): string {
  const target = targets.find(
    (one) => one.scenario === result.scenario.name && (one.kind === 'ratio' ? one.peer : SLUICE) === peer,
  );
  if (!target) return '';
  const { met } = judge(target, { scenarios: [result] });
  const figure =
    target.kind === 'ratio'
      ? `≥ ${target.atLeast} ×`
      : `≤ ${number(target.atMost, target.atMost % 1 ? 1 : 0)}${target.over ? ` over ${target.over}` : ''}`;
  return `${figure} ${met === undefined ? '(not measured)' : met ? 'met' : '**missed**'}`;
}

/** What the table has no room for. */
function* remarks({ scenario, peers }: ScenarioResult): Generator<string> {
  for (const { peer, problem, notSpoken, rounds, settling, recorded } of peers) {
    if (problem !== undefined && !notSpoken) {
      yield `${peer} failed${rounds.length > 0 ? ` after ${rounds.length} rounds` : ''}: ${problem}`;
    }
    if (recorded) {
      const { requests, counted, listed } = recorded;
      const right = counted === requests && (listed ?? requests) === requests;
      const count = listed === undefined ? '' : `, listed ${number(listed)}`;
      yield `${peer} was asked for ${number(requests)} sessions and recorded ${number(counted)}${count}: ${right ? 'all' : '**not the same**'}.`;
    }
    const settled =
      settling.length > 0 && !scenario.metrics.some(({ id }) => id === 'peak') ? median(settling) : 0;
    if (settled >= LONG_SETTLING) {
      yield `${peer} went on working for ${number(settled, 1)} s after a turn (median); nobody else was measured meanwhile.`;
    }
  }
}

export function scenarioSection(result: ScenarioResult, targets: readonly Target[]): string {
  const { scenario, peers } = result;
  const [main] = scenario.metrics;
  const head = ['', ...scenario.metrics.map(({ title }) => title), 'Sluice is', 'to reach'];
  const rows = peers.map((peer) => [
    peer.peer,
    ...scenario.metrics.map((metric, index) =>
      index === 0 && peer.rounds.length === 0 ? (peer.notSpoken ? 'none' : 'failed') : cell(peer, metric),
    ),
    ratioCell(result, peer.peer, main?.id ?? ''),
    targetCell(result, peer.peer, targets),
  ]);
  const told = [...remarks(result)].map((remark) => `- ${remark}`);
  return [
    `### ${scenario.title}`,
    scenario.note,
    table(head, rows),
    ...(told.length > 0 ? [told.join('\n')] : []),
  ].join('\n\n');
}
