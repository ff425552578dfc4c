import { describe, expect, test } from 'vitest';
import type { PeerResult, RunResult, ScenarioResult } from '../results.ts';
import type { Target } from '../targets.ts';
import { report } from './report.ts';
import { scenarioSection } from './scenario-section.ts';
import { number, table, withoutPaths } from './tables.ts';

const peer = (name: string, values: readonly number[], more: Partial<PeerResult> = {}): PeerResult => ({
  peer: name,
  rounds: values.map((rate) => ({ rate, busy: 99.4 })),
  settling: [],
  ...more,
});

const scenario = (...peers: PeerResult[]): ScenarioResult => ({
  scenario: {
    name: 'https-1kb',
    title: 'HTTPS, 1 KB',
    note: 'How it is done.',
    metrics: [
      { id: 'rate', title: 'requests/s', unit: '/s' },
      { id: 'busy', title: 'busy', unit: '%' },
    ],
  },
  peers,
});

const run = (...scenarios: ScenarioResult[]): RunResult => ({
  started: new Date('2024-05-06T07:08:09Z'),
  minutes: 12.34,
  command: 'npm run bench -- --short',
  facts: [['Processor', 'one with 2 cores']],
  told: ['Something about the run.'],
  scenarios,
});

const TARGETS: Target[] = [
  { kind: 'ratio', scenario: 'https-1kb', metric: 'rate', peer: 'squid', atLeast: 1.2 },
  { kind: 'limit', scenario: 'https-1kb', metric: 'busy', atMost: 50 },
  { kind: 'ratio', scenario: 'never-run', metric: 'rate', peer: 'squid', atLeast: 2 },
];

/** The cells of the row that begins with `first`. */
function row(text: string, first: string): string[] {
  const line = text.split('\n').find((one) => one.startsWith(`| ${first} |`)) ?? '';
  return line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''));
}

describe('tables', () => {
  test('text to the left, numbers to the right', () => {
    expect(table(['a', 'b'], [['x', '1']])).toBe('| a | b |\n| --- | --: |\n| x | 1 |');
  });

  test('a cell can end neither itself nor the line', () => {
    expect(table(['a'], [['x | y\n  z']])).toContain('| x \\| y z |');
  });

  test('numbers have thousands apart', () => {
    expect(number(1234567.891)).toBe('1,234,568');
    expect(number(0.456, 2)).toBe('0.46');
    expect(number(3, 1)).toBe('3.0');
  });
});

test('paths of this machine are left out, the longest first', () => {
  const text = 'no /home/me/sluice/bench/x, no /tmp/b-1/y, but /etc/z';
  expect(withoutPaths(text, ['/home/me', '/home/me/sluice', '/tmp/b-1', '/'])).toBe(
    'no …/bench/x, no …/y, but /etc/z',
  );
});

describe('a scenario', () => {
  test('has a row for each peer with median, spread, ratio and target', () => {
    const text = scenarioSection(
      scenario(peer('sluice', [240, 200, 900]), peer('squid', [100, 200, 150])),
      TARGETS,
    );
    expect(row(text, 'sluice')).toEqual(['sluice', '240 (200–900)', '99 (99–99)', '', '≤ 50 **missed**']);
    expect(row(text, 'squid')).toEqual(['squid', '150 (100–200)', '99 (99–99)', '1.60 ×', '≥ 1.2 × met']);
  });

  test('a single round has no spread', () => {
    expect(row(scenarioSection(scenario(peer('squid', [100])), []), 'squid')[1]).toBe('100');
  });

  test('without Sluice there is no ratio, and the target is not measured', () => {
    const text = scenarioSection(scenario(peer('squid', [100])), TARGETS);
    expect(row(text, 'squid').slice(3)).toEqual(['', '≥ 1.2 × (not measured)']);
  });

  test('what a peer does not do is told apart from what it failed at', () => {
    const text = scenarioSection(
      scenario(
        peer('squid', [], { problem: 'HTTP/2 is not offered', notSpoken: true }),
        peer('mitmproxy', [], { problem: 'not a 200', notSpoken: false }),
        peer('mockttp', [5, 6], { problem: 'closed under load', notSpoken: false }),
      ),
      [],
    );
    expect(row(text, 'squid')[1]).toBe('none');
    expect(row(text, 'mitmproxy')[1]).toBe('failed');
    expect(text).not.toContain('HTTP/2 is not offered');
    expect(text).toContain('- mitmproxy failed: not a 200');
    expect(text).toContain('- mockttp failed after 2 rounds: closed under load');
  });

  test('a capture that holds everything is said to', () => {
    const recorded = { requests: 1500, counted: 1500, listed: 1500 };
    expect(scenarioSection(scenario(peer('sluice', [1], { recorded })), [])).toContain(
      '- sluice was asked for 1,500 sessions and recorded 1,500, listed 1,500: all.',
    );
  });

  test.each([
    { requests: 1500, counted: 1499, listed: undefined },
    { requests: 1500, counted: 1500, listed: 1400 },
    { requests: 1500, counted: 1501, listed: undefined },
  ])('one that does not is told loudly: %j', (recorded) => {
    expect(scenarioSection(scenario(peer('sluice', [1], { recorded })), [])).toContain('**not the same**');
  });

  test('work put off for long is told', () => {
    const text = scenarioSection(
      scenario(peer('sluice', [1], { settling: [0, 4, 8] }), peer('squid', [1], { settling: [0, 0.2, 0] })),
      [],
    );
    expect(text).toContain('- sluice went on working for 4.0 s');
    expect(text).not.toContain('squid went on');
  });
});

describe('the report', () => {
  const text = report(run(scenario(peer('sluice', [240]), peer('squid', [150]))), TARGETS);

  test('says when, by what command, on what and how', () => {
    expect(text).toContain('Measured on 2024-05-06 07:08 UTC in 12.3 minutes by `npm run bench -- --short`.');
    expect(text).toContain('- Processor: one with 2 cores');
    expect(text).toContain('- Something about the run.');
  });

  test('judges the targets of what was run', () => {
    expect(text).toContain('| HTTPS, 1 KB | ≥ 1.2 × squid | 1.60 × | met |');
    expect(text).toContain('| HTTPS, 1 KB: busy | ≤ 50 % | 99 % | **missed** |');
    expect(text).not.toContain('never-run');
  });

  test('tells on what condition a figure counts', () => {
    const provided = { metric: 'rate', atLeast: 10_000 };
    const target: Target = { kind: 'limit', scenario: 'https-1kb', metric: 'busy', atMost: 100, provided };
    expect(report(run(scenario(peer('sluice', [240]))), [target])).toContain(
      '| HTTPS, 1 KB: busy | ≤ 100 % (requests/s ≥ 10,000) |  | not measured |',
    );
  });

  test('has a section for each scenario and ends with one line end', () => {
    expect(text).toContain('### HTTPS, 1 KB\n\nHow it is done.\n\n|');
    expect(text).toMatch(/[^\n]\n$/);
  });
});
