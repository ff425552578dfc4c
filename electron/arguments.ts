/**
 * The shell's command line: the options of `sluice open`, as the command line itself reads them, and files to open. Chromium reads its own
 * switches from the same line, so what is not known here is not an error.
 */
import { extname, resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { hostOptions, type RecordOptions, withRecordOptions } from '#host/cli/record-options.ts';
import type { HostOptions } from '#host/host-options.ts';
import { SluiceError } from '#model/errors.ts';

export interface ShellArguments {
  readonly host: HostOptions;
  /** Captures and HAR files, absolute. */
  readonly files: readonly string[];
}

export const isCapture = (path: string) => extname(path).toLowerCase() === '.sluice';
export const isImportable = (path: string) => /\.(?:har|har\.gz|zhar|saz)$/i.test(path);

/** Reads `argv` without its first word, the program; files are looked for from `cwd`. @throws SluiceError `usage`. */
export function readArguments(argv: readonly string[], cwd: string): ShellArguments {
  const command = withRecordOptions(new Command())
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  try {
    command.parse(argv.slice(1), { from: 'user' });
  } catch (cause) {
    if (cause instanceof CommanderError) throw new SluiceError('usage', cause.message, { cause });
    throw cause;
  }
  return {
    host: hostOptions(command.opts<RecordOptions>()),
    files: command.args
      .filter((word) => isCapture(word) || isImportable(word))
      .map((word) => resolve(cwd, word)),
  };
}
