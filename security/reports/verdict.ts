/** What a report comes to: whether anything found is as grave as the bar, and what was known before. Pure. */
import type { Finding } from '#model/finding.ts';
import { Severity } from '#model/session.ts';
import type { CheckReport } from './check-report.ts';
import { fingerprint } from './fingerprint.ts';

const rank = (severity: Severity) => Severity.options.indexOf(severity);

/** `failing`: a finding at or above the bar. `below`: findings, none of them there. `empty`: there was nothing to look at. */
export type Verdict = 'clean' | 'failing' | 'below' | 'empty';

/** A capture without sessions is not clean: nobody knows. */
export function verdictOf({ findings, sessions }: CheckReport, bar: Severity): Verdict {
  if (findings.some(({ severity }) => rank(severity) >= rank(bar))) return 'failing';
  if (findings.length > 0) return 'below';
  return sessions === 0 ? 'empty' : 'clean';
}

/** The report without findings whose fingerprints are known. */
export function withoutKnown(report: CheckReport, known: ReadonlySet<string>): CheckReport {
  return { ...report, findings: report.findings.filter((finding) => !known.has(fingerprint(finding))) };
}

const isText = (value: unknown): value is string => typeof value === 'string';

function ofSarif(text: string): string[] {
  const log: unknown = JSON.parse(text);
  const found: string[] = [];
  JSON.stringify(log, (key, value: unknown) => {
    if (key === 'sluiceFinding/v1' && isText(value)) found.push(value);
    return value;
  });
  return found;
}

function ofLine(line: string): string {
  const { checkId, endpoint, parameter }: Partial<Finding> = JSON.parse(line);
  if (!isText(checkId) || !isText(endpoint) || !isText(parameter)) throw new Error('no finding');
  return fingerprint({ checkId, endpoint, parameter });
}

/** Fingerprints of an earlier report, SARIF or JSON lines. @throws Error when it is neither */
export function knownFindings(text: string): Set<string> {
  const plain = text.trim();
  if (plain === '') return new Set();
  if (/^\{\s*"\$schema"|^\{\s*"version":\s*"2\.1\.0"/.test(plain)) return new Set(ofSarif(plain));
  return new Set(plain.split('\n').map(ofLine));
}
