/** Session ids in addresses: as a parameter, rewritten into the path, and told to other sites by the Referer. */

import { isPlaceholder } from '#model/secrets/placeholders.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { requestField } from '../reading/head-fields.ts';
import { parameters } from '../reading/parameters.ts';
import { sameSite } from '../reading/sites.ts';
import { API, cheatSheet, TOP, zap } from '../taxonomy.ts';

const NAME =
  /^(?:(?:j|php|asp(?:\.net_)?|asp)?sess(?:ion)?_?id|sid|session|session_?token|sessionkey|cfid|cftoken|zenid|osCsid|s_?id|user_?session|auth_?session|jsession)$/i;
const MATRIX = /;((?:j|php)?session_?id|sid)=([\w.!*~-]{8,256})/gi;

function* run(input: CheckInput): Iterable<FindingDraft> {
  for (const { place, name, path, value, evidence } of parameters(input)) {
    if (place !== 'query' || !NAME.test(name) || value.length <= 8 || isPlaceholder(value)) continue;
    if (!/\d/.test(value) || !/^[\w\-.~+/=:!*%]+$/.test(value)) continue;
    // Numbers of things that are called sessions: of a class, of a visit.
    if (/^\d+$/.test(value) && value.length < 16) continue;
    yield { parameter: path, detail: 'The address of the request holds a session id.', evidence: [evidence] };
  }
  const line = input.requestHead.slice(0, input.requestHead.indexOf('\r\n'));
  for (const found of line.matchAll(MATRIX)) {
    const end = found.index + found[0].length;
    const start = end - (found[2]?.length ?? 0);
    yield {
      parameter: found[1] ?? 'path',
      detail: 'A session id is written into the path.',
      evidence: [{ part: 'request-head', start, end }],
    };
  }
  const referer = requestField(input, 'referer');
  if (referer === undefined || !URL.canParse(referer.value)) return;
  if (sameSite(new URL(referer.value).hostname, input.session.row.host)) return;
  const found = /[;?&]((?:j|php)?sess(?:ion)?_?id|sid)=([^&#;]{9,256})/i.exec(referer.value);
  if (found === null) return;
  const end = referer.evidence.start + found.index + found[0].length;
  yield {
    parameter: referer.name,
    detail: 'The Referer tells another site a session id.',
    evidence: [{ part: 'request-head', start: end - (found[2]?.length ?? 0), end }],
  };
}

export const sessionIdInUrl: Check = {
  info: {
    id: 'session-id-in-url',
    title: 'Session id in a URL',
    severity: 'medium',
    cwe: [598],
    owasp: [API[2], TOP[7]],
    what: 'The address of a request holds a session id, as a parameter or rewritten into the path.',
    why: 'Addresses are logged, shared, kept in histories and sent in the Referer; whoever reads one takes the session over.',
    fix: 'Keep session ids in cookies with HttpOnly and Secure, and switch the rewriting of URLs off.',
    references: [zap(3), cheatSheet('Session_Management')],
  },
  confidence: 'high',
  run,
};
