/** `sluice merge`: the sessions of several captures and files as one new capture, in the order of time. The capture appears whole or not at all. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { copySessions, type Origin } from '../../copy-sessions.ts';
import { filterOf } from '../../filter-text.ts';
import { makeCaptures } from '../../new-captures.ts';
import { openSource } from '../../open-sources.ts';
import { sessionRows } from '../../session-rows.ts';
import { capturePath, DATA_HELP, type DataOption } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { say, sayNotices } from '../output.ts';
import { showProgress } from '../progress.ts';
import { stopSignal } from '../stop-signal.ts';

interface MergeOptions extends DataOption {
  readonly filter: string;
  readonly note?: boolean;
}

async function merge(out: string, inputs: readonly string[], options: MergeOptions): Promise<0> {
  const filter = filterOf(options.filter);
  using stopping = stopSignal();
  const { signal } = stopping;
  const path = resolve(out);
  await using stack = new AsyncDisposableStack();
  const found: (Origin & { readonly at: number })[] = [];
  for (const input of inputs) {
    const { name, store } = await openSource(await capturePath(input, options), stack, signal);
    sayNotices(store);
    for await (const { id, startedAt } of sessionRows(store, filter)) {
      signal.throwIfAborted();
      found.push({
        store,
        id,
        at: startedAt,
        ...(options.note ? { note: `from ${name}, session ${id}` } : {}),
      });
    }
  }
  // Stable: what began at the same time stays in the order of the inputs.
  found.sort((a, b) => a.at - b.at);
  using progress = showProgress('Merging', found.length);
  let copied = 0;
  await makeCaptures((captures) =>
    captures.add(path, async (store) => {
      copied = await copySessions(found, store, { signal, onSession: progress.step });
    }),
  );
  progress[Symbol.dispose]();
  say(`${copied} sessions of ${inputs.length} in ${path}`);
  return 0;
}

export function addMerge(program: Command): void {
  program
    .command('merge')
    .argument('<out>', 'path of the capture to make')
    .argument('<captures...>', 'captures, `latest`, or files as `import` reads them')
    .description('put the sessions of several captures and files into one, in the order of time')
    .option('--filter <text>', 'only sessions that pass, as in the workbench', '')
    .option('--note', 'say in the comment of each session where it comes from')
    .option('--data <dir>', DATA_HELP)
    .action((out: string, captures: string[], options: MergeOptions) =>
      exitWith(() => merge(out, captures, options)),
    );
}
