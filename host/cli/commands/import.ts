/** `sluice import`: adds the sessions of a HAR file to a capture, which is made when missing. */
import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import type { Command } from 'commander';
import { SluiceError } from '#model/errors.ts';
import { importHar } from '../../har-transfer.ts';
import { openCapture } from '../../open-capture.ts';
import { capturePath, DATA_HELP, type DataOption } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { say } from '../output.ts';

interface ImportOptions extends DataOption {
  readonly capture: string;
}

async function importFile(file: string, options: ImportOptions): Promise<0> {
  await access(file, constants.R_OK).catch((cause) => {
    throw new SluiceError('file-unreadable', `${file} cannot be read: check the path.`, { cause });
  });
  await using store = await openCapture(await capturePath(options.capture, options), 'write');
  let last = store.lastSessionId;
  const imported = await importHar(store, createReadStream(file), () => {
    last += 1;
    return last;
  });
  say(`${imported} sessions imported into ${store.path}`);
  return 0;
}

export function addImport(program: Command): void {
  program
    .command('import')
    .argument('<file>', 'a HAR file')
    .description('add the sessions of a file to a capture')
    .requiredOption('--capture <path>', 'path of the capture, made when missing, or `latest`')
    .option('--data <dir>', DATA_HELP)
    .action((file: string, options: ImportOptions) => exitWith(() => importFile(file, options)));
}
