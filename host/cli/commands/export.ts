/**
 * `sluice export`: a capture, or what a filter selects of it, as a file that other tools open. The file appears whole or not at all, and
 * the command ends with what the format could not hold.
 */
import type { Command } from 'commander';
import { exportFormat, exportFormatOfName } from '#formats/all-formats.ts';
import { wantsGzip } from '#formats/gzip.ts';
import { SluiceError } from '#model/errors.ts';
import { openCapture } from '#store/open-capture.ts';
import { exportFile } from '../../export-sessions.ts';
import { filterOf } from '../../filter-text.ts';
import { allIds, sessionsOf } from '../../har-transfer.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { type JsonOption, tellLosses } from '../loss-lines.ts';
import { showProgress } from '../progress.ts';
import { stopSignal } from '../stop-signal.ts';
import { writeWhole } from '../write-file.ts';

interface ExportOptions extends DataOption, JsonOption {
  readonly to?: string;
  readonly out?: string;
  readonly format?: string;
  readonly filter: string;
  readonly password?: string;
}

/** The same pieces until the user stops the command. */
async function* stoppable<T>(pieces: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  for await (const piece of pieces) {
    signal.throwIfAborted();
    yield piece;
  }
}

async function exportCapture(capture: string, options: ExportOptions): Promise<0> {
  const { to = options.out, password } = options;
  if (to === undefined) throw new SluiceError('usage', 'Say where to with --to FILE.');
  const format = options.format === undefined ? exportFormatOfName(to) : exportFormat(options.format);
  const filter = filterOf(options.filter);
  using stopping = stopSignal();
  await using store = await openCapture(await capturePath(capture, options), 'read');
  const ids = await allIds(store, filter);
  using progress = showProgress('Exporting', ids.length);
  const sessions = sessionsOf(store, ids, progress.step);
  const file = exportFile(sessions, format, {
    gzip: wantsGzip(to),
    ...(password === undefined ? {} : { password }),
  });
  await writeWhole(to, stoppable(file.pieces, stopping.signal));
  progress[Symbol.dispose]();
  const losses = file.losses();
  const done = `${losses.sessions} sessions written to ${to}`;
  await tellLosses(done, { file: to, format: format.id, sessions: losses.sessions, losses }, options);
  return 0;
}

export function addExport(program: Command): void {
  withCapture(program.command('export'))
    .description('write a capture as a file that other tools open')
    .option('--to <file>', 'where to; the name says the format (.har, .har.gz, .zhar, .saz, …)')
    .option('--out <file>', 'the same')
    .option('--format <name>', 'file format, where the name does not say it')
    .option('--filter <text>', 'only sessions that pass, as in the workbench', '')
    .option('--password <text>', 'protect the file (SAZ: AES-256)')
    .option('--json', 'what was written and what was lost, as JSON')
    .action((capture: string, options: ExportOptions) => exitWith(() => exportCapture(capture, options)));
}
