/** `sluice check`: runs the security checks over a capture again, without changing it. Exit 1 when anything is found. */
import { type Command, Option } from 'commander';
import { openCheckRunner } from '#security/open-check-runner.ts';
import type { CheckReport } from '#security/reports/check-report.ts';
import { jsonReport } from '#security/reports/json-report.ts';
import { sarifReport } from '#security/reports/sarif-report.ts';
import { summaryLines, textReport } from '#security/reports/text-report.ts';
import { checkCapture } from '../../check-capture.ts';
import { allIds } from '../../har-transfer.ts';
import { openCapture } from '../../open-capture.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { say, write } from '../output.ts';
import { writeWhole } from '../write-file.ts';

interface CheckOptions extends DataOption {
  readonly format: keyof typeof FORMATS;
  readonly json?: boolean;
  readonly out?: string;
}

function* lines(of: Iterable<string>): Generator<string> {
  for (const line of of) yield `${line}\n`;
}

const FORMATS = {
  text: (report: CheckReport) => lines(textReport(report)),
  json: (report: CheckReport) => lines(jsonReport(report)),
  sarif: (report: CheckReport) => [sarifReport(report)],
};

async function check(capture: string, options: CheckOptions): Promise<0 | 1> {
  await using store = await openCapture(await capturePath(capture, options), 'read');
  await using runner = await openCheckRunner();
  const report = await checkCapture(store, runner, await allIds(store, { type: 'all' }));
  const format = options.json ? 'json' : options.format;
  const chunks = FORMATS[format](report);
  if (options.out !== undefined) await writeWhole(options.out, chunks);
  else for (const chunk of chunks) await write(chunk);
  // The text holds its summary.
  if (options.out !== undefined || format !== 'text') for (const line of summaryLines(report)) say(line);
  return report.findings.length > 0 ? 1 : 0;
}

export function addCheck(program: Command): void {
  withCapture(program.command('check'))
    .description('run the security checks over a capture; exit 1 when they find anything')
    .addOption(
      new Option('--format <name>', 'form of the report').choices(Object.keys(FORMATS)).default('text'),
    )
    .addOption(
      new Option('--json', 'the same as --format json: a finding as an object a line').conflicts('format'),
    )
    .option('--out <file>', 'default: standard output')
    .action((capture: string, options: CheckOptions) => exitWith(() => check(capture, options)));
}
