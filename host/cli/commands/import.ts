/** `sluice import`: adds the sessions of a file to a capture, which is made when missing. It ends with what the file said and was lost. */
import type { Command } from 'commander';
import { sniffFormat } from '#formats/all-formats.ts';
import { importSessions } from '../../import-sessions.ts';
import { fileSource } from '../../import-source.ts';
import { openCapture } from '../../open-capture.ts';
import { capturePath, DATA_HELP, type DataOption } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { type JsonOption, tellLosses } from '../loss-lines.ts';
import { showProgress } from '../progress.ts';
import { stopSignal } from '../stop-signal.ts';

interface ImportOptions extends DataOption, JsonOption {
  readonly capture: string;
  readonly format?: string;
  readonly password?: string;
}

const MEGABYTE = 1_000_000;

async function importFile(file: string, options: ImportOptions): Promise<0> {
  const { format, password } = options;
  using stopping = stopSignal();
  let read = 0;
  await using source = await fileSource(file, (count) => {
    read += count;
  });
  // Before there is a capture for nothing.
  if (format === undefined) sniffFormat(source.start, source.source.name);
  using progress = showProgress('Importing, MB', Math.ceil(source.bytes / MEGABYTE));
  let shown = 0;
  const onSession = () => {
    for (; shown < Math.floor(read / MEGABYTE); shown++) progress.step();
  };
  await using store = await openCapture(await capturePath(options.capture, options), 'write');
  let last = store.lastSessionId;
  const nextId = () => {
    last += 1;
    return last;
  };
  const result = await importSessions(store, source, nextId, {
    signal: stopping.signal,
    onSession,
    ...(format === undefined ? {} : { format }),
    ...(password === undefined ? {} : { password }),
  });
  progress[Symbol.dispose]();
  const done = `${result.imported} sessions imported into ${store.path}`;
  await tellLosses(done, { file, capture: store.path, ...result }, options);
  return 0;
}

export function addImport(program: Command): void {
  program
    .command('import')
    .argument('<file>', 'a HAR (.har, .har.gz, .zhar), a SAZ or another file of sessions')
    .description('add the sessions of a file to a capture')
    .requiredOption('--capture <path>', 'path of the capture, made when missing, or `latest`')
    .option('--format <name>', 'file format, where neither content nor name tell it')
    .option('--password <text>', 'password of the file')
    .option('--json', 'what was imported and what was lost, as JSON')
    .option('--data <dir>', DATA_HELP)
    .action((file: string, options: ImportOptions) => exitWith(() => importFile(file, options)));
}
