/** The report as Markdown. Pure: everything it says comes from the run's result. */
import type { RunResult } from '../results.ts';
import { judge, type Target, type Verdict } from '../targets.ts';
import { scenarioSection } from './scenario-section.ts';
import { isoMinute, number, table } from './tables.ts';

/** What is true of every run. */
const METHOD = [
  'Every program runs on this one machine and talks over loopback. Each scenario starts every proxy afresh; rounds alternate between them ' +
    '(A B C, A B C, …). After each turn a proxy has up to 10 s to finish what it put off, and is then stopped (SIGSTOP) until its next turn: ' +
    'what Sluice’s security checks have not looked at by then they look at in Sluice’s own turns.',
  'Figures are medians of the rounds, with the lowest and the highest; ratios are taken from medians of the same run. “Sluice is” says what ' +
    'multiple of the row’s first figure Sluice has: more is better for rates, less for times and memory.',
  '“direct” is load and origin without a proxy: the most that can be measured here. “Proxy’s core busy” tells whether the proxy was the ' +
    'limit; where it is well below 100 %, the load, the origin or a neighbour on the machine was, and the proxy could do more; what it does for a second of ' +
    'processor time then tells more than the rate.',
  'Every response is checked (status, length), every WebSocket echo compared; one that is wrong fails the peer. Sluice records everything to ' +
    'disk; no other proxy here keeps anything.',
];

function verdictRow({ target, reached, met }: Verdict, run: RunResult): string[] {
  const result = run.scenarios.find(({ scenario }) => scenario.name === target.scenario);
  const metric = result?.scenario.metrics.find(({ id }) => id === target.metric);
  const what =
    target.kind === 'ratio' || !metric
      ? result?.scenario.title
      : `${result?.scenario.title}: ${metric.title}`;
  const wanted =
    target.kind === 'ratio'
      ? `${target.own === undefined ? '' : `${target.own} `}≥ ${target.atLeast} × ${target.peer}`
      : `≤ ${number(target.atMost, target.atMost % 1 ? 1 : 0)} ${metric?.unit}${target.over ? ` over ${target.over}` : ''}`;
  const provided = target.kind === 'limit' ? target.provided : undefined;
  const condition = result?.scenario.metrics.find(({ id }) => id === provided?.metric);
  const when = provided && condition ? ` (${condition.title} ≥ ${number(provided.atLeast)})` : '';
  const unit = target.kind === 'ratio' ? '×' : (metric?.unit ?? '');
  const figure =
    reached === undefined
      ? ''
      : `${number(reached, target.kind === 'ratio' ? 2 : (metric?.digits ?? 0))} ${unit}`;
  return [
    what ?? target.scenario,
    wanted + when,
    figure,
    met === undefined ? 'not measured' : met ? 'met' : '**missed**',
  ];
}

/** Targets of scenarios that were not run are left out. */
function verdicts(run: RunResult, targets: readonly Target[]): string {
  const names = run.scenarios.map(({ scenario }) => scenario.name);
  const rows = targets
    .filter(({ scenario }) => names.includes(scenario))
    .map((target) => verdictRow(judge(target, run), run));
  return table(['', 'to reach', 'measured', ''], rows);
}

const facts = (run: RunResult) => run.facts.map(([what, value]) => `- ${what}: ${value}`).join('\n');

export function report(run: RunResult, targets: readonly Target[]): string {
  return [
    '# Sluice beside other proxies',
    `Measured on ${isoMinute(run.started)} in ${number(run.minutes, 1)} minutes by \`${run.command}\`.`,
    facts(run),
    '## Figures to reach',
    verdicts(run, targets),
    '## How it was measured',
    [...METHOD, ...run.told].map((sentence) => `- ${sentence}`).join('\n'),
    '## Results',
    ...run.scenarios.map((result) => scenarioSection(result, targets)),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}
