/** `sluice ca`: the root certificate (never its key), made when there is none yet. */
import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { openAuthority } from '#certs/open-authority.ts';
import { SluiceError } from '#model/errors.ts';
import { openDataFolder } from '../../data-folder.ts';
import { DATA_HELP, type DataOption } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { say, write } from '../output.ts';

interface CaOptions extends DataOption {
  readonly out?: string;
  readonly format: 'pem' | 'der';
}

async function ca({ out, format, data }: CaOptions): Promise<0> {
  const folder = await openDataFolder(data);
  const authority = await openAuthority({ directory: folder.authority });
  for (const notice of authority.notices) say(`sluice: ${notice}`);
  const content = format === 'pem' ? authority.certificatePem : authority.certificateDer;
  if (out === undefined) {
    await write(content);
    return 0;
  }
  await writeFile(out, content).catch((cause) => {
    throw new SluiceError('file-unwritable', `${out} could not be written: ${String(cause.message)}`, {
      cause,
    });
  });
  say(`${authority.commonName}, SHA-256 ${authority.fingerprint}, written to ${out}`);
  return 0;
}

export function addCa(program: Command): void {
  program
    .command('ca')
    .description('the root certificate that clients have to trust')
    .option('--out <file>', 'default: standard output')
    .addOption(new Option('--format <name>', 'file format').choices(['pem', 'der']).default('pem'))
    .option('--data <dir>', DATA_HELP)
    .action((options: CaOptions) => exitWith(() => ca(options)));
}
