/** Answers by which a session begins: those that give a session cookie or a token. */

import { isJwt, looksRandom } from '#model/secrets/placeholders.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { parameters } from '../reading/parameters.ts';
import { isSessionCookie, setCookies } from '../reading/set-cookies.ts';
import { API, cheatSheet, TOP, zap } from '../taxonomy.ts';

const TOKEN =
  /^(?:access_?token|id_?token|auth_?token|token|jwt|session_?token|session_?id|refresh_?token)$/i;

function* run(input: CheckInput): Iterable<FindingDraft> {
  for (const cookie of setCookies(input)) {
    if (cookie.deletes || !isSessionCookie(cookie) || cookie.value.length < 8) continue;
    yield {
      parameter: cookie.name,
      detail: 'The response gives a session cookie.',
      evidence: [cookie.evidence],
    };
  }
  for (const { side, place, name, path, value, evidence } of parameters(input)) {
    if (side !== 'response' || place !== 'json' || !TOKEN.test(name)) continue;
    if (!looksRandom(value) && !isJwt(value)) continue;
    yield { parameter: path, detail: 'The response gives a token.', evidence: [evidence] };
  }
}

export const sessionTokenResponse: Check = {
  info: {
    id: 'session-token-response',
    title: 'Session begins',
    severity: 'info',
    cwe: [384],
    owasp: [API[2], TOP[7]],
    what: 'The response gives the client a session: a cookie or a token by which it is known from then on.',
    why: 'It is no fault. What is given here is what others must not get.',
    fix: 'Nothing is to be done; see that the token is random, short-lived, and new with each login.',
    references: [zap(10112), cheatSheet('Session_Management')],
  },
  confidence: 'high',
  run,
};
