/** `sluice check`: runs the security checks over captures and HAR files, without changing them, and says by its exit code what came of it. */
import { type Command, Option } from 'commander';
import { capturePath, DATA_HELP, type DataOption } from '../capture-argument.ts';
import { withCheckOptions } from '../check-options.ts';
import { exitWith } from '../exit-code.ts';
import { type CheckOptions, reportChecks } from '../report-checks.ts';

async function check(captures: readonly string[], options: CheckOptions & DataOption) {
  const paths = await Promise.all(captures.map((capture) => capturePath(capture, options)));
  return reportChecks(paths, options);
}

export function addCheck(program: Command): void {
  withCheckOptions(program.command('check'))
    .argument(
      '<capture...>',
      'paths of captures or HAR files, or `latest`: the newest capture in the data folder',
    )
    .option('--data <dir>', DATA_HELP)
    .description(
      'run the security checks over captures; exit 0 clean, 1 findings at the bar, 2 only below it, 3 not done',
    )
    .addOption(
      new Option('--json', 'the same as --format json: a finding as an object a line').conflicts('format'),
    )
    .action((captures: string[], options: CheckOptions & DataOption) =>
      exitWith(() => check(captures, options)),
    );
}
