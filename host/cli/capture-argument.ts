/** The CAPTURE argument and `--data`, which commands on captures share. */
import type { Command } from 'commander';
import { captureNamed, dataFolderAt } from '../data-folder.ts';

export interface DataOption {
  readonly data?: string;
}

export const DATA_HELP = "authority, settings, captures; default: the system's place for application data";

/** Adds CAPTURE and --data to a command. */
export const withCapture = (command: Command): Command =>
  command
    .argument('<capture>', 'path of a capture, or `latest`: the newest in the data folder')
    .option('--data <dir>', DATA_HELP);

/** The path it names. @throws SluiceError `capture-missing` when there is no latest. */
export const capturePath = (argument: string, { data }: DataOption): Promise<string> =>
  captureNamed(argument, dataFolderAt(data));
