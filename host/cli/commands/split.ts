/** `sluice split`: a capture as several, by host, day, number or filters. They appear all and whole, or none. The capture itself stays. */
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { SluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { copySessions } from '../../copy-sessions.ts';
import { filterOf } from '../../filter-text.ts';
import { allIds } from '../../har-transfer.ts';
import { makeCaptures } from '../../new-captures.ts';
import { openSource } from '../../open-sources.ts';
import { sessionRows } from '../../session-rows.ts';
import { partsBy } from '../../split-plan.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { gathered } from '../numbers.ts';
import { say, sayNotices, writeLine } from '../output.ts';
import { showProgress } from '../progress.ts';
import { stopSignal } from '../stop-signal.ts';

interface SplitOptions extends DataOption {
  readonly by: string;
  readonly filter?: readonly string[];
  readonly out?: string;
}

type Parts = Map<string, SessionId[]>;

/** Each session goes with the first filter it passes; those that pass none are the rest. */
async function byFilters(store: CaptureStore, filters: readonly string[]): Promise<Parts> {
  if (filters.length === 0) throw new SluiceError('usage', 'Give one --filter for each part.');
  const parts: Parts = new Map();
  const taken = new Set<SessionId>();
  const take = async (name: string, text: string) => {
    const ids = (await allIds(store, filterOf(text))).filter((id) => !taken.has(id));
    for (const id of ids) taken.add(id);
    if (ids.length > 0) parts.set(name, ids);
  };
  for (const [i, text] of filters.entries()) await take(`filter-${i + 1}`, text);
  await take('rest', '');
  return parts;
}

async function byRows(store: CaptureStore, by: string, filters: readonly string[]): Promise<Parts> {
  if (filters.length > 1) throw new SluiceError('usage', 'Several filters are for --by filter.');
  const partOf = partsBy(by);
  const parts: Parts = new Map();
  for await (const row of sessionRows(store, filterOf(filters[0] ?? ''))) {
    const name = partOf(row);
    const ids = parts.get(name);
    if (ids === undefined) parts.set(name, [row.id]);
    else ids.push(row.id);
  }
  return parts;
}

async function split(capture: string, options: SplitOptions): Promise<0 | 1> {
  const filters = options.filter ?? [];
  // Whether it is right must be known before a long reading.
  for (const text of filters) filterOf(text);
  if (options.by !== 'filter') partsBy(options.by);
  using stopping = stopSignal();
  const { signal } = stopping;
  const path = await capturePath(capture, options);
  await using stack = new AsyncDisposableStack();
  const { name, store } = await openSource(path, stack, signal);
  sayNotices(store);
  const parts =
    options.by === 'filter' ? await byFilters(store, filters) : await byRows(store, options.by, filters);
  const folder = resolve(options.out ?? dirname(path));
  const stem = basename(name).replace(/\.[a-z]+$/i, '');
  const total = [...parts.values()].reduce((sum, ids) => sum + ids.length, 0);
  if (total === 0) {
    say('There are no sessions to split.');
    return 1;
  }
  const made: string[] = [];
  {
    using progress = showProgress('Splitting', total);
    await makeCaptures(async (captures) => {
      for (const [part, ids] of parts) {
        const to = join(folder, `${stem}-${part}.sluice`);
        const origins = ids.map((id) => ({ store, id }));
        await captures.add(to, async (into) => {
          await copySessions(origins, into, { signal, onSession: progress.step });
        });
        made.push(`${to}\t${ids.length}`);
      }
    });
  }
  for (const line of made) await writeLine(line);
  say(`${total} sessions in ${parts.size} captures`);
  return 0;
}

export function addSplit(program: Command): void {
  withCapture(program.command('split'))
    .description('make several captures of one; the one stays as it is')
    .requiredOption('--by <what>', 'host, day, filter, or a number of sessions for each part')
    .option(
      '--filter <text>',
      'only sessions that pass; with --by filter: a part for each that is given',
      gathered,
    )
    .option('--out <dir>', 'where to; default: beside the capture')
    .action((capture: string, options: SplitOptions) => exitWith(() => split(capture, options)));
}
