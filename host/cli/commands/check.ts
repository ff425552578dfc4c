/** `sluice check`: runs the security checks over captures and HAR files, without changing them, and says by its exit code what came of it. */
import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { SluiceError } from '#model/errors.ts';
import { Severity } from '#model/session.ts';
import type { CheckContext } from '#security/check.ts';
import { openApiPaths } from '#security/reading/openapi-paths.ts';
import type { CheckReport } from '#security/reports/check-report.ts';
import { htmlReport } from '#security/reports/html-report.ts';
import { jsonReport } from '#security/reports/json-report.ts';
import { junitReport } from '#security/reports/junit-report.ts';
import { markdownReport } from '#security/reports/markdown-report.ts';
import { sarifReport } from '#security/reports/sarif-report.ts';
import { summaryLines, textReport } from '#security/reports/text-report.ts';
import { knownFindings, type Verdict, verdictOf, withoutKnown } from '#security/reports/verdict.ts';
import { THRESHOLDS, type Threshold } from '#security/threshold.ts';
import { checkInputs } from '../../check-inputs.ts';
import { POLICY, type Policy, readPolicies } from '../../check-policy.ts';
import { capturePath, DATA_HELP, type DataOption } from '../capture-argument.ts';
import type { ExitCode } from '../exit.ts';
import { exitWith } from '../exit-code.ts';
import { say, sayNotices, write } from '../output.ts';
import { writeWhole } from '../write-file.ts';

interface CheckOptions extends DataOption {
  readonly format: keyof typeof FORMATS;
  readonly json?: boolean;
  readonly out?: string;
  readonly failOn: Severity;
  readonly threshold: Threshold;
  readonly baseline?: string;
  readonly openapi?: string;
  readonly policy?: string;
  readonly firstParty?: readonly string[];
  readonly allowEmpty?: boolean;
  readonly redact: boolean;
}

function* lines(of: Iterable<string>): Generator<string> {
  for (const line of of) yield `${line}\n`;
}

const FORMATS = {
  text: (report: CheckReport) => lines(textReport(report)),
  json: (report: CheckReport) => lines(jsonReport(report)),
  sarif: (report: CheckReport) => [sarifReport(report)],
  junit: (report: CheckReport) => lines(junitReport(report)),
  markdown: (report: CheckReport) => lines(markdownReport(report)),
  html: (report: CheckReport) => lines(htmlReport(report)),
};

const CODES: Readonly<Record<Verdict, ExitCode>> = { clean: 0, failing: 1, below: 2, empty: 3 };

/** What `read` makes of a file's text. @throws SluiceError `file-unreadable`, also when it is not what it should be */
async function fromFile<T>(file: string, what: string, read: (text: string) => T | undefined): Promise<T> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new SluiceError('file-unreadable', `${file} cannot be read: check the path.`, { cause });
  }
  let value: T | undefined;
  try {
    value = read(text);
  } catch (cause) {
    if (cause instanceof SluiceError) throw cause;
    throw new SluiceError('file-unreadable', `${file} is not ${what}.`, { cause });
  }
  if (value === undefined) throw new SluiceError('file-unreadable', `${file} is not ${what}.`);
  return value;
}

async function contextOf({ openapi, firstParty }: CheckOptions): Promise<CheckContext> {
  const document =
    openapi === undefined
      ? undefined
      : await fromFile(openapi, 'an OpenAPI document in JSON', (text) => openApiPaths(JSON.parse(text)));
  return {
    ...(document === undefined ? {} : { openapi: document }),
    ...(firstParty === undefined ? {} : { firstParty }),
  };
}

async function reportOf(captures: readonly string[], options: CheckOptions): Promise<CheckReport> {
  const { baseline, policy, threshold } = options;
  const policies: readonly Policy[] =
    policy === undefined ? [] : await fromFile(policy, 'a policy', readPolicies);
  const known =
    baseline === undefined
      ? new Set<string>()
      : await fromFile(baseline, 'an earlier report in SARIF or JSON lines', knownFindings);
  const context = await contextOf(options);
  const paths = await Promise.all(captures.map((capture) => capturePath(capture, options)));
  const { report, rows } = await checkInputs(
    paths,
    { threshold, context },
    { wantsRows: policies.length > 0, redact: options.redact, onOpen: sayNotices },
  );
  const broken = policies.flatMap((one) => one.judge(rows));
  const whole =
    policies.length === 0
      ? report
      : { ...report, checks: [...report.checks, POLICY], findings: [...report.findings, ...broken] };
  return withoutKnown(whole, known);
}

async function check(captures: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const report = await reportOf(captures, options);
  const format = options.json ? 'json' : options.format;
  const chunks = FORMATS[format](report);
  if (options.out !== undefined) await writeWhole(options.out, chunks);
  else for (const chunk of chunks) await write(chunk);
  // The text holds its summary.
  if (options.out !== undefined || format !== 'text') for (const line of summaryLines(report)) say(line);
  const verdict = verdictOf(report, options.failOn);
  return verdict === 'empty' && options.allowEmpty ? 0 : CODES[verdict];
}

const oneOf = (flags: string, description: string, choices: readonly string[], standard: string) =>
  new Option(flags, description).choices(choices).default(standard);

export function addCheck(program: Command): void {
  program
    .command('check')
    .argument(
      '<capture...>',
      'paths of captures or HAR files, or `latest`: the newest capture in the data folder',
    )
    .option('--data <dir>', DATA_HELP)
    .description(
      'run the security checks over captures; exit 0 clean, 1 findings at the bar, 2 only below it, 3 not done',
    )
    .addOption(oneOf('--format <name>', 'form of the report', Object.keys(FORMATS), 'text'))
    .addOption(
      new Option('--json', 'the same as --format json: a finding as an object a line').conflicts('format'),
    )
    .option('--out <file>', 'default: standard output')
    .addOption(oneOf('--fail-on <severity>', 'the bar', Severity.options, 'low'))
    .addOption(
      oneOf(
        '--threshold <level>',
        'low tells everything, high only what leaves no doubt',
        THRESHOLDS,
        'medium',
      ),
    )
    .option('--baseline <file>', 'an earlier report (SARIF or JSON lines) whose findings are left out')
    .option('--openapi <file>', 'an OpenAPI document in JSON: endpoints that it does not know are told')
    .option('--policy <file>', 'lines of "no FILTER" or "p95(duration) < 300ms by endpoint" that must hold')
    .option('--first-party <host...>', 'hosts that personal data may go to, with all below them')
    .option('--no-redact', 'secrets in paths and names as they were captured')
    .option('--allow-empty', 'end with 0 also when there was nothing to check')
    .action((captures: string[], options: CheckOptions) => exitWith(() => check(captures, options)));
}
