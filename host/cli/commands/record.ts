/** `sluice record`: records without a window, what a command does where one is given, and checks it where asked to. */
import type { Command } from 'commander';
import { SluiceError } from '#model/errors.ts';
import { givenCheckOption, withCheckOptions } from '../check-options.ts';
import type { ExitCode } from '../exit.ts';
import { exitWith } from '../exit-code.ts';
import { say } from '../output.ts';
import { type RecordOptions, withRecordOptions } from '../record-options.ts';
import { type RecordedCommand, startCommand } from '../recorded-command.ts';
import { type CheckOptions, reportChecks } from '../report-checks.ts';
import { runHost } from '../run-host.ts';

type Options = RecordOptions & CheckOptions & { readonly check?: boolean };

async function record(words: readonly string[], options: Options, command: Command): Promise<ExitCode> {
  const { check = false, json = false } = options;
  const stray = givenCheckOption(command);
  if (!check && stray !== undefined)
    throw new SluiceError('usage', `${stray} says how to check: give --check too.`);
  let capture = '';
  let recorded: RecordedCommand | undefined;
  const code = await runHost(
    options,
    async (host, stop) => {
      capture = host.capture;
      if (words.length === 0) return { [Symbol.asyncDispose]: async () => {} };
      const facts = { proxy: host.proxy, caFile: host.caFile };
      recorded = await startCommand(words, facts, check || json, stop);
      return recorded;
    },
    {
      // Standard output is the report's.
      ...(check && !json ? { tell: say } : {}),
      ...(words.length > 0 ? { readyText: (host) => `Recording ${words.join(' ')} to ${host.capture}` } : {}),
    },
  );
  const chosen = command.getOptionValueSource('format') === 'cli';
  const verdict = check ? await reportChecks([capture], { ...options, json: json && !chosen }) : code;
  if (recorded?.failure === undefined) return verdict;
  say(`sluice: ${recorded.failure}; what it did until then is in ${capture}. [command-failed]`);
  return 3;
}

export function addRecord(program: Command): void {
  withCheckOptions(withRecordOptions(program.command('record')))
    .argument('[command...]', 'behind --: record what this command does, and stop when it ends')
    .description('record without a window, until Ctrl-C, --for, or the end of the command')
    .option('--check', 'then check what was recorded, with the options and exit codes of `sluice check`')
    .action((words: string[], options: Options, command: Command) =>
      exitWith(() => record(words, options, command)),
    );
}
