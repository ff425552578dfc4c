/** `sluice record`: records without a window. */
import type { Command } from 'commander';
import { exitWith } from '../exit-code.ts';
import { type RecordOptions, withRecordOptions } from '../record-options.ts';
import { runHost } from '../run-host.ts';

export function addRecord(program: Command): void {
  withRecordOptions(program.command('record'))
    .description('record without a window, until Ctrl-C or --for')
    .action((options: RecordOptions) => exitWith(() => runHost(options)));
}
