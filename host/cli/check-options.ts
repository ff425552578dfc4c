/** The options of `check`, which `record --check` has too. */
import { type Command, Option } from 'commander';
import { Severity } from '#model/session.ts';
import { THRESHOLDS } from '#security/threshold.ts';

/** Names of the forms of a report; report-checks.ts makes them. */
const FORMATS = ['text', 'json', 'sarif', 'junit', 'markdown', 'html'];

const oneOf = (flags: string, description: string, choices: readonly string[], standard: string) =>
  new Option(flags, description).choices(choices).default(standard);

const checkOptions = (): Option[] => [
  oneOf('--format <name>', 'form of the report', FORMATS, 'text'),
  new Option('--out <file>', 'where the report goes; default: standard output'),
  oneOf('--fail-on <severity>', 'the bar', Severity.options, 'low'),
  oneOf('--threshold <level>', 'low tells everything, high only what leaves no doubt', THRESHOLDS, 'medium'),
  new Option('--baseline <file>', 'an earlier report (SARIF or JSON lines) whose findings are left out'),
  new Option(
    '--findings <file>',
    'what was said of findings (sluice.findings.toml): those left out do not count',
  ),
  new Option('--login <filter>', 'which requests log in, where the checks guess wrong'),
  new Option('--logout <filter>', 'which requests log out'),
  new Option(
    '--openapi <file>',
    'an OpenAPI document in YAML or JSON: endpoints that it does not know are told',
  ),
  new Option('--policy <file>', 'lines of "no FILTER" or "p95(duration) < 300ms by endpoint" that must hold'),
  new Option('--first-party <host...>', 'hosts that personal data may go to, with all below them'),
  new Option('--no-redact', 'secrets in paths and names as they were captured'),
  new Option('--allow-empty', 'end with 0 also when there was nothing to check'),
];

export function withCheckOptions(command: Command): Command {
  for (const option of checkOptions()) command.addOption(option);
  return command;
}

/** The first that was given, as it is written, of those that mean nothing without a check; what was said of findings the workbench shows too. */
export const givenCheckOption = (command: Command): string | undefined =>
  checkOptions()
    .filter(({ long }) => long !== '--findings')
    .find((option) => command.getOptionValueSource(option.attributeName()) === 'cli')?.long;
