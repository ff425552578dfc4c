/** `sluice list`: sessions of a capture, a line each, oldest first; also while it is being written. */
import type { Command } from 'commander';
import { filterOf } from '../../filter-text.ts';
import { openCapture } from '../../open-capture.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { count } from '../numbers.ts';
import { say, sayNotices, writeLine } from '../output.ts';
import { rowJson, rowText, rowTitles } from '../row-line.ts';

interface ListOptions extends DataOption {
  readonly filter: string;
  readonly limit?: number;
  readonly json?: boolean;
}

const PAGE = 1000;

async function list(capture: string, options: ListOptions): Promise<0> {
  const filter = filterOf(options.filter);
  await using store = await openCapture(await capturePath(capture, options), 'read');
  sayNotices(store);
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  let shown = 0;
  let total = 0;
  let more = true;
  if (!options.json) await writeLine(rowTitles());
  // Once also for a limit of 0: how many there are is said all the same.
  do {
    const order = { by: 'id', descending: false } as const;
    const page = await store.query({ filter, order, offset: shown, limit: Math.min(PAGE, limit - shown) });
    for (const row of page.rows) await writeLine(options.json ? rowJson(row) : rowText(row));
    shown += page.rows.length;
    total = page.total;
    more = page.rows.length > 0 && shown < page.matched;
  } while (more && shown < limit);
  if (!options.json) say(`${shown} of ${total} sessions`);
  return 0;
}

export function addList(program: Command): void {
  withCapture(program.command('list'))
    .description('the sessions of a capture, a line each')
    .option('--filter <text>', 'only those that pass, as in the workbench', '')
    .option('--limit <n>', 'at most so many', count)
    .option('--json', 'one JSON object a line')
    .action((capture: string, options: ListOptions) => exitWith(() => list(capture, options)));
}
