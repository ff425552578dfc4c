/** `sluice compact`: takes what is of no session any more off the disk: deleted sessions, dropped bodies, bodies that are there twice. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { SluiceError } from '#model/errors.ts';
import type { CompactProgress } from '#store/capture-store.ts';
import { openCapture } from '#store/open-capture.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { say, writeLine } from '../output.ts';
import { showProgress } from '../progress.ts';
import { sizeText } from '../text.ts';

interface CompactOptions extends DataOption {
  readonly json?: boolean;
}

async function compact(capture: string, options: CompactOptions): Promise<0 | 1> {
  const path = await capturePath(capture, options);
  // Whoever writes makes a capture that is missing.
  if (!existsSync(path)) throw new SluiceError('capture-missing', `There is no capture at ${path}.`);
  await using store = await openCapture(path, 'write');
  const before = (await store.totals()).diskBytes;
  let last: CompactProgress | undefined;
  {
    using bar = showProgress('Compacting');
    for await (const progress of store.compact()) {
      last = progress;
      bar.show(progress.segments, progress.ofSegments);
    }
  }
  const after = (await store.totals()).diskBytes;
  const left = last?.left ?? [];
  if (options.json) await writeLine(JSON.stringify({ before, after, left }));
  else await writeLine(`${sizeText(before)} before, ${sizeText(after)} now: ${store.path}`);
  if (left.length > 0) {
    say(
      `sluice: ${left.length} damaged sessions were left where they are (${left.slice(0, 5).join(', ')}); sluice verify says more.`,
    );
  }
  return left.length > 0 ? 1 : 0;
}

export function addCompact(program: Command): void {
  withCapture(program.command('compact'))
    .description(
      'take deleted sessions and repeated bodies off the disk; exit 1 when damaged sessions were left as they are',
    )
    .option('--json', 'the sizes as one JSON object')
    .action((capture: string, options: CompactOptions) => exitWith(() => compact(capture, options)));
}
