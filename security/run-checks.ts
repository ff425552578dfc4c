/** Runs every check on one session: decodes text once for all of them, isolates a check that throws, and makes findings of drafts. Pure. */
import type { Finding } from '#model/finding.ts';
import { requestHeadText, responseHeadText } from '#model/head-text.ts';
import { type Headers, headerValue, parseMediaType } from '#model/headers.ts';
import { Severity } from '#model/session.ts';
import type { Check, CheckBody, CheckInput } from './check.ts';
import type { CheckJob } from './check-runner.ts';
import { endpointOf } from './path-template.ts';

const TEXTUAL =
  /^(?:text\/|application\/(?:.*\+)?(?:json|xml)$|application\/(?:(?:x-)?(?:java|ecma)script|x-www-form-urlencoded|graphql|x-ndjson|yaml|x-yaml|sql|toml)$|multipart\/form-data$)/;
const SNIFFED = 512;

const latin1 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/** Without a type, text is what has no NUL at its beginning. */
const isTextual = (mime: string | undefined, bytes: Uint8Array) =>
  mime === undefined ? !bytes.subarray(0, SNIFFED).includes(0) : TEXTUAL.test(mime);

function checkBody(bytes: Uint8Array, headers: Headers, truncated: boolean): CheckBody {
  const mime = parseMediaType(headerValue(headers, 'content-type'))?.essence;
  return { bytes, mime, truncated, text: isTextual(mime, bytes) ? latin1(bytes) : undefined };
}

/** The input that all checks of a session share. */
export function checkInput(job: CheckJob): CheckInput {
  const { request, response } = job.session;
  return {
    session: job.session,
    requestHead: requestHeadText(request.head),
    responseHead: response ? responseHeadText(response.head) : '',
    request: checkBody(job.requestBody, request.head.headers, job.requestTruncated),
    response: checkBody(job.responseBody, response?.head.headers ?? [], job.responseTruncated),
  };
}

/** A check that failed on a session; the others went on. */
export interface CheckFailure {
  readonly checkId: string;
  readonly message: string;
}

export interface CheckResult {
  readonly findings: Finding[];
  readonly failures: CheckFailure[];
}

/** The most ranges kept of one finding: enough to show, whatever a hostile body repeats. */
const MAX_EVIDENCE = 20;
const RANK: readonly Severity[] = Severity.options;

/** One finding per parameter: what a check says of it several times is one finding with all the evidence, as grave as the gravest. */
function findingsOf({ info, confidence, run }: Check, input: CheckInput): Finding[] {
  const { row } = input.session;
  const findings = new Map<string, Finding>();
  for (const draft of run(input)) {
    const severity = draft.severity ?? info.severity;
    const known = findings.get(draft.parameter);
    if (known !== undefined) {
      known.evidence.push(...draft.evidence.slice(0, MAX_EVIDENCE - known.evidence.length));
      if (RANK.indexOf(severity) > RANK.indexOf(known.severity)) known.severity = severity;
      continue;
    }
    findings.set(draft.parameter, {
      checkId: info.id,
      sessionId: row.id,
      severity,
      confidence: draft.confidence ?? confidence,
      title: info.title,
      detail: draft.detail,
      endpoint: endpointOf(row),
      parameter: draft.parameter,
      evidence: draft.evidence.slice(0, MAX_EVIDENCE),
    });
  }
  return [...findings.values()];
}

/** Findings of `checks` in their order. A tunnel has none: nobody read what it carried. */
export function runChecks(checks: readonly Check[], job: CheckJob): CheckResult {
  const result: CheckResult = { findings: [], failures: [] };
  if (job.session.row.kind === 'tunnel') return result;
  const input = checkInput(job);
  for (const check of checks) {
    try {
      result.findings.push(...findingsOf(check, input));
    } catch (error) {
      result.failures.push({
        checkId: check.info.id,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return result;
}
