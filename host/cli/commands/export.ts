/**
 * `sluice export`: a capture, or what a filter selects of it, as a file that other tools open; secrets masked unless told otherwise. The
 * file appears whole or not at all, and the command ends with what the format could not hold. `--preview` writes none and says what would
 * leave.
 */
import type { Command } from 'commander';
import { exportFormat, exportFormatOfName } from '#formats/all-formats.ts';
import { wantsGzip } from '#formats/gzip.ts';
import { SluiceError } from '#model/errors.ts';
import { type RedactionSummary, summaryLine, summaryText } from '#model/redaction.ts';
import type { SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { exportFile } from '../../export-sessions.ts';
import { filterOf } from '../../filter-text.ts';
import { allIds, bytesOf } from '../../har-transfer.ts';
import { openCapture } from '../../open-capture.ts';
import { exportSource } from '../../redaction/export-source.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { type JsonOption, tellLosses } from '../loss-lines.ts';
import { say, sayNotices, writeLine } from '../output.ts';
import { showProgress } from '../progress.ts';
import { type RedactOption, redactionChoice, withRedaction } from '../redaction-options.ts';
import { stopSignal } from '../stop-signal.ts';
import { sizeText } from '../text.ts';
import { writeWhole } from '../write-file.ts';

interface ExportOptions extends DataOption, RedactOption, JsonOption {
  readonly to?: string;
  readonly out?: string;
  readonly format?: string;
  readonly filter: string;
  readonly password?: string;
  readonly preview?: boolean;
}

/** The same pieces until the user stops the command. */
async function* stoppable<T>(pieces: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  for await (const piece of pieces) {
    signal.throwIfAborted();
    yield piece;
  }
}

function sayMasked(summary: RedactionSummary | undefined): void {
  if (summary === undefined) {
    say('Secrets are in it as they were captured.');
    return;
  }
  const line = summaryLine(summary);
  if (line !== undefined) say(line);
  for (const text of summaryText({ ...summary, kinds: [], secrets: [] }))
    if (text.startsWith(' ')) say(text.trim());
}

async function preview(
  store: CaptureStore,
  ids: readonly SessionId[],
  options: ExportOptions,
  signal: AbortSignal,
) {
  using progress = showProgress('Looking', ids.length * 2);
  await using source = exportSource(store, ids, redactionChoice(options), {
    onLooked: progress.step,
    onSession: progress.step,
    signal,
  });
  let bytes = 0;
  for await (const full of stoppable(source.sessions, signal)) bytes += bytesOf(full);
  const summary = await source.summary();
  progress[Symbol.dispose]();
  await writeLine(`${ids.length} sessions, ${sizeText(bytes)} of bodies and messages`);
  if (summary === undefined) await writeLine('Secrets would leave as they were captured.');
  else for (const line of summaryText(summary)) await writeLine(line);
}

async function write(
  store: CaptureStore,
  ids: readonly SessionId[],
  to: string,
  options: ExportOptions,
  signal: AbortSignal,
) {
  const { password } = options;
  const choice = redactionChoice(options);
  const format = options.format === undefined ? exportFormatOfName(to) : exportFormat(options.format);
  using progress = showProgress('Exporting', choice === 'off' ? ids.length : ids.length * 2);
  await using source = exportSource(store, ids, choice, {
    onLooked: progress.step,
    onSession: progress.step,
    signal,
  });
  const file = exportFile(source.sessions, format, {
    gzip: wantsGzip(to),
    ...(password === undefined ? {} : { password }),
  });
  await writeWhole(to, stoppable(file.pieces, signal));
  const redaction = await source.summary();
  progress[Symbol.dispose]();
  const losses = file.losses();
  const { sessions } = losses;
  await tellLosses(
    `${sessions} sessions written to ${to}`,
    { file: to, format: format.id, sessions, losses, ...(redaction === undefined ? {} : { redaction }) },
    options,
  );
  if (!options.json) sayMasked(redaction);
}

async function exportCapture(capture: string, options: ExportOptions): Promise<0> {
  const filter = filterOf(options.filter);
  const { to = options.out } = options;
  if (to === undefined && !options.preview) {
    throw new SluiceError('usage', 'Say where to with --to FILE.');
  }
  using stopping = stopSignal();
  const { signal } = stopping;
  await using store = await openCapture(await capturePath(capture, options), 'read');
  sayNotices(store);
  const ids = await allIds(store, filter);
  if (options.preview || to === undefined) await preview(store, ids, options, signal);
  else await write(store, ids, to, options, signal);
  return 0;
}

export function addExport(program: Command): void {
  withRedaction(withCapture(program.command('export')))
    .description('write a capture as a file that other tools open, with secrets masked')
    .option('--to <file>', 'where to; the name says the format (.har, .har.gz, .zhar, .saz, …)')
    .option('--out <file>', 'the same')
    .option('--format <name>', 'file format, where the name does not say it')
    .option('--filter <text>', 'only sessions that pass, as in the workbench', '')
    .option('--password <text>', 'protect the file (SAZ: AES-256)')
    .option('--preview', 'write nothing: say how much would leave, and which secrets would be masked in it')
    .option('--json', 'what was written and what was lost, as JSON')
    .action((capture: string, options: ExportOptions) => exitWith(() => exportCapture(capture, options)));
}
