/**
 * Authorisation missing: an endpoint that was asked with credentials answers as well without them. It judges answers to what
 * stripCredentials leaves of a request; it says nothing where the answer is for everyone, or too small to be compared.
 */
import type { Confidence } from '#model/finding.ts';
import { responseHeadText } from '#model/head-text.ts';
import { headerValue } from '#model/headers.ts';
import type { Session } from '#model/session.ts';
import { mimeOf } from '../reading/textual.ts';
import type { Answered, Probe, ProbeRequest, Skipped, Verdict } from './probe.ts';
import { privateSign, publicSign } from './public-content.ts';
import { type Content, similarity } from './similarity.ts';
import { stripCredentials } from './strip-credentials.ts';

/** From here on two answers are of one shape. */
const ALIKE = 0.9;

const statusOf = ({ response }: Session) => response?.head.status ?? 0;
const isSuccess = (status: number) => status >= 200 && status < 300;

function plan(session: Session): ProbeRequest | Skipped {
  const { row, request, response } = session;
  if (row.kind !== 'http' || row.state !== 'completed') return { reason: 'it is no finished request' };
  if (!isSuccess(statusOf(session))) return { reason: 'it was not answered with success' };
  if (row.method !== 'HEAD' && response?.body.size === 0) return { reason: 'its answer is empty' };
  const sign = publicSign(session);
  if (sign !== undefined) return { reason: `its answer is for everyone: ${sign}` };
  const { url, headers, removed } = stripCredentials(row.url, request.head.headers);
  return removed.length === 0 ? { reason: 'it carries no credentials' } : { url, headers, changed: removed };
}

const contentOf = ({ session, responseBody }: Answered): Content => ({
  mime: mimeOf(session.response?.head.headers ?? []),
  body: responseBody,
});

/** Of an answer without a body only its description can be compared. */
function headSimilarity(recorded: Session, answer: Session): number | undefined {
  const described = ({ response }: Session) =>
    ['content-length', 'content-type', 'etag'].map((name) => headerValue(response?.head.headers ?? [], name));
  const [length] = described(recorded);
  if (length === undefined || length === '0') return undefined;
  return described(recorded).join('\n') === described(answer).join('\n') ? 1 : 0;
}

function refusal(answer: Session): Verdict | undefined {
  const status = statusOf(answer);
  if (answer.row.state !== 'completed') return { kind: 'unclear', reason: 'no answer came' };
  if (status >= 500) return { kind: 'unclear', reason: `the server failed (${status})` };
  if (status >= 300 && status < 400) return { kind: 'refused', reason: `it was sent elsewhere (${status})` };
  return status >= 400 ? { kind: 'refused', reason: `it was refused (${status})` } : undefined;
}

function judge(recorded: Answered, answer: Answered, { changed }: ProbeRequest): Verdict {
  const refused = refusal(answer.session);
  if (refused !== undefined) return refused;
  const sign = publicSign(answer.session);
  if (sign !== undefined) return { kind: 'public', reason: `the answer is for everyone: ${sign}` };
  const isHead = recorded.session.row.method === 'HEAD';
  const alike = isHead
    ? headSimilarity(recorded.session, answer.session)
    : similarity(contentOf(recorded), contentOf(answer));
  if (alike === undefined) return { kind: 'unclear', reason: 'the answer is too small to be compared' };
  const percent = `${Math.round(alike * 100)} %`;
  if (statusOf(recorded.session) !== statusOf(answer.session) || alike < ALIKE) {
    return { kind: 'other-answer', reason: `another answer came (${percent} alike)` };
  }
  const mine = privateSign(recorded.session);
  const html = /html/.test(contentOf(recorded).mime ?? '');
  // A page that nothing marks as someone's own is as likely the shop window.
  if (html && mine === undefined) return { kind: 'unclear', reason: 'the page may be for everyone' };
  const confidence: Confidence = isHead ? 'low' : mine === undefined ? 'medium' : 'high';
  const reason = `the same answer came (${percent} alike)`;
  const { head } = answer.session.response ?? {};
  const statusLine = head === undefined ? 0 : responseHeadText(head).indexOf('\r\n');
  return {
    kind: 'open',
    reason,
    draft: {
      parameter: changed.join(', '),
      detail:
        `Without ${changed.join(' and ')} the endpoint answered ${statusOf(answer.session)} with the same content (${percent} alike)` +
        `${mine === undefined ? '' : `, although ${mine}`}.`,
      confidence,
      evidence: [
        { part: 'response-head', start: 0, end: statusLine },
        ...(answer.responseBody.length === 0
          ? []
          : [{ part: 'response-body' as const, start: 0, end: answer.responseBody.length }]),
      ],
    },
  };
}

export const authorisationMissing: Probe = {
  info: {
    id: 'authorisation-missing',
    title: 'Endpoint answers without credentials',
    severity: 'high',
    cwe: [306, 862],
    owasp: ['API2:2023 Broken Authentication', 'API5:2023 Broken Function Level Authorization'],
    what: 'An endpoint that clients call with credentials gave the same answer when it was asked without any. Found by a probe, which sends requests.',
    why: 'Whoever knows the address gets what was meant for those who have logged in, without leaving a name.',
    fix: 'Refuse the request with 401 before anything else is done, by one rule that covers every route and from which the public ones are excepted by name; test each route without credentials.',
    references: [
      'https://cwe.mitre.org/data/definitions/306.html',
      'https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/',
      'https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/',
    ],
  },
  plan,
  judge,
};
