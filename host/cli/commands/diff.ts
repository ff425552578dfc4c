/**
 * `sluice diff`: what is different between two captures. Calls are matched by endpoint and order, and what changes every time (times, ids,
 * nonces) does not count. Exit 1 when they differ. Secrets are masked in what it prints.
 */
import type { Command } from 'commander';
import { compareCaptures } from '#formats/compare/compare-captures.ts';
import {
  countsLine,
  differenceJson,
  differenceLines,
  noDifferences,
} from '#formats/compare/difference-text.ts';
import type { FullSession } from '#model/session.ts';
import { compareSide } from '../../compare-side.ts';
import { filterOf } from '../../filter-text.ts';
import { openSource } from '../../open-sources.ts';
import { openRedaction } from '../../redaction/open-redaction.ts';
import { capturePath, DATA_HELP, type DataOption } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { gathered } from '../numbers.ts';
import { say, sayNotices, writeLine } from '../output.ts';
import { showProgress } from '../progress.ts';
import { stopSignal } from '../stop-signal.ts';

interface DiffOptions extends DataOption {
  readonly filter: string;
  readonly ignore?: readonly string[];
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly redact: boolean;
}

async function diff(first: string, second: string, options: DiffOptions): Promise<0 | 1> {
  const filter = filterOf(options.filter);
  using stopping = stopSignal();
  await using stack = new AsyncDisposableStack();
  const redaction = options.redact ? stack.use(openRedaction()) : undefined;
  const mask = async (full: FullSession) => (await redaction?.redact([full]))?.[0] ?? full;
  const open = async (path: string) => {
    const { store } = await openSource(await capturePath(path, options), stack, stopping.signal);
    sayNotices(store);
    return compareSide(store, filter, mask);
  };
  const a = await open(first);
  const b = await open(second);
  const counts = noDifferences();
  {
    using progress = showProgress('Comparing', Math.min(a.calls.length, b.calls.length));
    const { ignore = [], strict = false } = options;
    for await (const difference of compareCaptures(a, b, { ignore, strict }, progress.step)) {
      stopping.signal.throwIfAborted();
      counts[difference.kind] += 1;
      if (difference.kind === 'equal') continue;
      if (options.json) await writeLine(JSON.stringify(differenceJson(difference)));
      else for (const line of differenceLines(difference)) await writeLine(line);
    }
  }
  say(countsLine(counts));
  return counts.changed + counts.missing + counts.added > 0 ? 1 : 0;
}

export function addDiff(program: Command): void {
  program
    .command('diff')
    .argument('<a>', 'a capture, `latest`, or a file as `import` reads it')
    .argument('<b>', 'another')
    .description('what is different between two captures; exit 1 when something is')
    .option('--filter <text>', 'only sessions that pass, as in the workbench', '')
    .option(
      '--ignore <field>',
      'a field that does not count, as "response.body.items[*].price"; may be repeated',
      gathered,
    )
    .option('--strict', 'times, ids and nonces count too')
    .option('--json', 'a difference as an object a line')
    .option('--no-redact', 'print secrets as they were captured')
    .option('--data <dir>', DATA_HELP)
    .action((a: string, b: string, options: DiffOptions) => exitWith(() => diff(a, b, options)));
}
