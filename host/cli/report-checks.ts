/** What `sluice check` and `sluice record --check` do with captures: the checks, the report in the form asked for, and the exit code. */
import { readFile } from 'node:fs/promises';
import { parseDocument } from '#formats/openapi/parse-document.ts';
import type { AccountFilters } from '#model/account-filters.ts';
import { SluiceError } from '#model/errors.ts';
import type { Severity } from '#model/session.ts';
import type { CheckContext } from '#security/check.ts';
import { openApiPaths } from '#security/reading/openapi-paths.ts';
import type { CheckReport } from '#security/reports/check-report.ts';
import { htmlReport } from '#security/reports/html-report.ts';
import { jsonReport } from '#security/reports/json-report.ts';
import { junitReport } from '#security/reports/junit-report.ts';
import { markdownReport } from '#security/reports/markdown-report.ts';
import { sarifReport } from '#security/reports/sarif-report.ts';
import { summaryLines, textReport } from '#security/reports/text-report.ts';
import { triagedReport } from '#security/reports/triaged.ts';
import { knownFindings, type Verdict, verdictOf, withoutKnown } from '#security/reports/verdict.ts';
import type { Threshold } from '#security/threshold.ts';
import { checkInputs } from '../check-inputs.ts';
import { POLICY, type Policy, readPolicies } from '../check-policy.ts';
import { filterOf } from '../filter-text.ts';
import { readTriageFile } from '../findings/read-triage-file.ts';
import type { ExitCode } from './exit.ts';
import { say, sayNotices, write } from './output.ts';
import { writeWhole } from './write-file.ts';

export interface CheckOptions {
  readonly format: keyof typeof FORMATS;
  /** The same as the format json. */
  readonly json?: boolean;
  readonly out?: string;
  readonly failOn: Severity;
  readonly threshold: Threshold;
  readonly baseline?: string;
  readonly findings?: string;
  readonly openapi?: string;
  readonly policy?: string;
  readonly firstParty?: readonly string[];
  readonly login?: string;
  readonly logout?: string;
  readonly allowEmpty?: boolean;
  readonly redact: boolean;
}

function* lines(of: Iterable<string>): Generator<string> {
  for (const line of of) yield `${line}\n`;
}

export const FORMATS = {
  text: (report: CheckReport) => lines(textReport(report)),
  json: (report: CheckReport) => lines(jsonReport(report)),
  sarif: (report: CheckReport) => [sarifReport(report)],
  junit: (report: CheckReport) => lines(junitReport(report)),
  markdown: (report: CheckReport) => lines(markdownReport(report)),
  html: (report: CheckReport) => lines(htmlReport(report)),
};

const CODES: Readonly<Record<Verdict, ExitCode>> = { clean: 0, failing: 1, below: 2, empty: 3 };

/** What `read` makes of a file's text. @throws SluiceError `file-unreadable`, also when it is not what it should be */
async function fromFile<T>(
  file: string,
  what: string,
  read: (text: string) => T | undefined | Promise<T | undefined>,
): Promise<T> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new SluiceError('file-unreadable', `${file} cannot be read: check the path.`, { cause });
  }
  let value: T | undefined;
  try {
    value = await read(text);
  } catch (cause) {
    if (cause instanceof SluiceError) throw cause;
    throw new SluiceError('file-unreadable', `${file} is not ${what}.`, { cause });
  }
  if (value === undefined) throw new SluiceError('file-unreadable', `${file} is not ${what}.`);
  return value;
}

/** A filter that can be read, as it was given. @throws FilterSyntaxError */
function filterText(text: string): string {
  filterOf(text);
  return text;
}

async function contextOf(
  { openapi, firstParty, login, logout }: CheckOptions,
  said: AccountFilters = {},
): Promise<CheckContext> {
  const accounts = {
    ...said,
    ...(login === undefined ? {} : { login: filterText(login) }),
    ...(logout === undefined ? {} : { logout: filterText(logout) }),
  };
  const document =
    openapi === undefined
      ? undefined
      : await fromFile(openapi, 'an OpenAPI document', async (text) =>
          openApiPaths(await parseDocument(text)),
        );
  return {
    accounts,
    ...(document === undefined ? {} : { openapi: document }),
    ...(firstParty === undefined ? {} : { firstParty }),
  };
}

async function reportOf(paths: readonly string[], options: CheckOptions): Promise<CheckReport> {
  const { baseline, findings, policy, threshold } = options;
  const policies: readonly Policy[] =
    policy === undefined ? [] : await fromFile(policy, 'a policy', readPolicies);
  const known =
    baseline === undefined
      ? new Set<string>()
      : await fromFile(baseline, 'an earlier report in SARIF or JSON lines', knownFindings);
  const triage = findings === undefined ? undefined : await readTriageFile(findings);
  const context = await contextOf(options, triage?.accounts);
  const { report, rows } = await checkInputs(
    paths,
    { threshold, context },
    {
      rows: policies.length > 0,
      exchanges: options.format === 'sarif' && !options.json,
      unredacted: !options.redact,
      onOpen: sayNotices,
    },
  );
  const broken = policies.flatMap((one) => one.judge(rows));
  const whole =
    policies.length === 0
      ? report
      : { ...report, checks: [...report.checks, POLICY], findings: [...report.findings, ...broken] };
  const fresh = withoutKnown(whole, known);
  return triage === undefined ? fresh : triagedReport(fresh, triage.entries);
}

/** Checks captures and files of sessions, writes the report, and answers what came of it. @throws SluiceError as `checkInputs` does */
export async function reportChecks(paths: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const report = await reportOf(paths, options);
  const format = options.json ? 'json' : options.format;
  const chunks = FORMATS[format](report);
  if (options.out !== undefined) await writeWhole(options.out, chunks);
  else for (const chunk of chunks) await write(chunk);
  // The text holds its summary.
  if (options.out !== undefined || format !== 'text') for (const line of summaryLines(report)) say(line);
  const verdict = verdictOf(report, options.failOn);
  return verdict === 'empty' && options.allowEmpty ? 0 : CODES[verdict];
}
