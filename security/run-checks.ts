/** Runs every check on one session: decodes text once for all of them, isolates a check that throws, and makes findings of drafts. Pure. */
import type { EvidencePart, Finding } from '#model/finding.ts';
import { requestHeadText, responseHeadText } from '#model/head-text.ts';
import type { Headers } from '#model/headers.ts';
import { endpointOf, hostOf } from '#model/path-template.ts';
import { Severity } from '#model/session.ts';
import type { Check, CheckBody, CheckInput } from './check.ts';
import { type CheckFailure, type CheckJob, type CheckResult, MAX_CHECKED_MESSAGES } from './check-runner.ts';
import type { LearnedPaths } from './learned-paths.ts';
import type { AccountRules } from './reading/account-rules.ts';
import { streamEvents, textMessages } from './reading/messages.ts';
import { isText, mimeOf } from './reading/textual.ts';
import { DEFAULT_THRESHOLD, isTold, type Threshold } from './threshold.ts';

const latin1 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

function checkBody(bytes: Uint8Array, headers: Headers, truncated: boolean): CheckBody {
  const mime = mimeOf(headers);
  return { bytes, mime, truncated, text: isText(mime, bytes) ? latin1(bytes) : undefined };
}

/** The input that all checks of a session share. */
export function checkInput(job: CheckJob, accounts?: AccountRules): CheckInput {
  const { request, response } = job.session;
  const answer = checkBody(job.responseBody, response?.head.headers ?? [], job.responseTruncated);
  const input: CheckInput = {
    session: job.session,
    requestHead: requestHeadText(request.head),
    responseHead: response ? responseHeadText(response.head) : '',
    request: checkBody(job.requestBody, request.head.headers, job.requestTruncated),
    response: answer,
    messages: textMessages(job.messages),
    messagesTruncated: job.messagesTruncated,
    ...(accounts === undefined ? {} : { accounts }),
  };
  if (answer.mime !== 'text/event-stream') return input;
  // Events are looked at once: as recorded, or, where nobody did, as they stand in the body.
  const body = { ...answer, text: undefined, truncated: false };
  if (job.messages.length > 0) return { ...input, response: body };
  const { messages, all } = streamEvents(answer.text ?? '', MAX_CHECKED_MESSAGES);
  return { ...input, response: body, messages, messagesTruncated: answer.truncated || !all };
}

function cutParts({ request, response, messagesTruncated }: CheckInput): EvidencePart[] {
  const cut: EvidencePart[] = [];
  if (request.truncated && request.text !== undefined) cut.push('request-body');
  if (response.truncated && response.text !== undefined) cut.push('response-body');
  if (messagesTruncated) cut.push('message');
  return cut;
}

/** The most ranges kept of one finding: enough to show, whatever a hostile body repeats. */
const MAX_EVIDENCE = 20;
const RANK: readonly Severity[] = Severity.options;

const NONE: readonly Finding[] = [];

/** One finding per parameter: what a check says of it several times is one finding with all the evidence, as grave as the gravest. */
function findingsOf(
  check: Check,
  input: CheckInput,
  threshold: Threshold,
  endpoint: string,
): readonly Finding[] {
  const { info, confidence, scope, run } = check;
  const { row } = input.session;
  let findings: Map<string, Finding> | undefined;
  for (const draft of run(input)) {
    if (!isTold(draft, threshold)) continue;
    const severity = draft.severity ?? info.severity;
    findings ??= new Map();
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
      endpoint: scope === 'host' ? hostOf(row) : endpoint,
      parameter: draft.parameter,
      evidence: draft.evidence.slice(0, MAX_EVIDENCE),
      at: row.startedAt,
    });
  }
  return findings === undefined ? NONE : [...findings.values()];
}

export interface RunOptions {
  /** Default: medium. */
  readonly threshold?: Threshold;
  /** Told before each check. */
  readonly onCheck?: (check: Check) => void;
  /** What has been learnt of the paths of hosts; without it, paths are told by patterns alone. */
  readonly paths?: LearnedPaths;
  /** What people said of logins and logouts. */
  readonly accounts?: AccountRules;
}

/** Findings of `checks` in their order. A tunnel has none: nobody read what it carried. */
export function runChecks(checks: readonly Check[], job: CheckJob, options: RunOptions = {}): CheckResult {
  const { threshold = DEFAULT_THRESHOLD, onCheck, paths, accounts } = options;
  if (job.session.row.kind === 'tunnel') return { findings: [], failures: [], cut: [] };
  const findings: Finding[] = [];
  const failures: CheckFailure[] = [];
  const input = checkInput(job, accounts);
  const endpoint = paths?.endpointOf(job.session.row) ?? endpointOf(job.session.row);
  for (const check of checks) {
    onCheck?.(check);
    try {
      findings.push(...findingsOf(check, input, threshold, endpoint));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failures.push({ checkId: check.info.id, message });
    }
  }
  return { findings, failures, cut: cutParts(input) };
}
