/** `sluice stats`: a table of a capture's sessions, grouped and counted as an expression of the filter language says. */
import type { Command } from 'commander';
import type { Table } from '#model/filter/aggregate.ts';
import { openCapture } from '../../open-capture.ts';
import { type StatsQuery, stats, statsQuery } from '../../stats.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { say, sayNotices, writeLine } from '../output.ts';
import { tableJson, tableLines } from '../table-text.ts';

interface StatsOptions extends DataOption {
  readonly json?: boolean;
}

async function tableOf(path: string, query: StatsQuery): Promise<Table> {
  await using store = await openCapture(path, 'read');
  sayNotices(store);
  for await (const { table } of stats(store, query)) if (table !== undefined) return table;
  throw new Error('stats ended without a table');
}

async function run(capture: string, expression: string, options: StatsOptions): Promise<0> {
  const query = statsQuery(expression);
  const table = await tableOf(await capturePath(capture, options), query);
  const lines = options.json ? table.rows.map((row) => tableJson(table, row)) : tableLines(table);
  for (const line of lines) await writeLine(line);
  if (options.json) return 0;
  const shown =
    table.rows.length < table.groups
      ? `${table.rows.length} of ${table.groups} groups`
      : `${table.groups} groups`;
  say(`${shown}, ${table.sessions} sessions`);
  if (table.left > 0)
    say(`${table.left} sessions are in no group: there are too many groups. Narrow the filter.`);
  return 0;
}

export function addStats(program: Command): void {
  withCapture(program.command('stats'))
    .description("a table of a capture's sessions")
    .argument(
      '[expression]',
      "a filter, | and a table, as 'status>=500 | count, p95(duration) by endpoint'",
      '',
    )
    .option('--json', 'one JSON object a row, in bytes and milliseconds')
    .action((capture: string, expression: string, options: StatsOptions) =>
      exitWith(() => run(capture, expression, options)),
    );
}
