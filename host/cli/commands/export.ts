/** `sluice export`: a capture, or what a filter selects of it, as a file that other tools open. The file appears whole or not at all. */
import { type Command, Option } from 'commander';
import { filterOf } from '../../filter-text.ts';
import { allIds, exportHar } from '../../har-transfer.ts';
import { openCapture } from '../../open-capture.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { say } from '../output.ts';
import { writeWhole } from '../write-file.ts';

interface ExportOptions extends DataOption {
  readonly out: string;
  readonly filter: string;
}

async function exportCapture(capture: string, options: ExportOptions): Promise<0> {
  const filter = filterOf(options.filter);
  await using store = await openCapture(await capturePath(capture, options), 'read');
  const ids = await allIds(store, filter);
  await writeWhole(options.out, exportHar(store, ids));
  say(`${ids.length} sessions written to ${options.out}`);
  return 0;
}

export function addExport(program: Command): void {
  withCapture(program.command('export'))
    .description('write a capture as a file that other tools open')
    .addOption(new Option('--format <name>', 'file format').choices(['har']).makeOptionMandatory())
    .requiredOption('--out <file>', 'where to')
    .option('--filter <text>', 'only sessions that pass, as in the workbench', '')
    .action((capture: string, options: ExportOptions) => exitWith(() => exportCapture(capture, options)));
}
