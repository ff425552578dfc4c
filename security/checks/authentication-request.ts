/** Requests by which somebody logs in. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { loginOf } from '../reading/identity.ts';
import { API, cheatSheet, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const login = loginOf(input);
  if (login === undefined) return;
  yield {
    parameter: 'request',
    detail: 'The request is a login with a user name and password.',
    evidence: [login.evidence],
  };
}

export const authenticationRequest: Check = {
  info: {
    id: 'authentication-request',
    title: 'Login request',
    severity: 'info',
    cwe: [287],
    owasp: [API[2], TOP[7]],
    what: 'The request is how people log in: it sends a user name and a password to an address that answers with a session.',
    why: 'It is no fault. Logins are where passwords are guessed, and what other checks compare sessions by.',
    fix: 'Nothing is to be done; see that failed logins are throttled and that a new session begins with each login.',
    references: [zap(10111), cheatSheet('Authentication')],
  },
  confidence: 'high',
  run,
};
