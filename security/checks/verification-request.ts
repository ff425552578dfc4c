/** Requests that show whether somebody is logged in: answered to credentials, with what belongs to them. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, requestLine } from '../reading/head-fields.ts';
import { identityOf } from '../reading/identity.ts';
import { API, cheatSheet, TOP, zap } from '../taxonomy.ts';

const PATH =
  /\/(?:me|whoami|userinfo|profile|account|session|current[-_]?user|user\/(?:current|self|me)|users\/(?:me|self|current)|my[-_/]?(?:account|profile)|auth\/(?:me|status|user|check|session))\/?(?:\.json)?$/i;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { method, success } = factsOf(input);
  const identity = identityOf(input);
  const path = input.session.row.path.split('?', 1)[0] ?? '';
  if (method !== 'GET' || !success || identity === undefined || !PATH.test(path)) return;
  yield {
    parameter: 'request',
    detail: 'The request shows whether its credentials are valid.',
    evidence: [requestLine(input)],
  };
}

export const verificationRequest: Check = {
  info: {
    id: 'verification-request',
    title: 'Request that shows the state of a login',
    severity: 'info',
    cwe: [287],
    owasp: [API[2], TOP[7]],
    what: 'The request asks for what belongs to whoever is logged in, so that its answer shows whether a session is valid.',
    why: 'It is no fault. It is the request to repeat when sessions are tested.',
    fix: 'Nothing is to be done; see that it is refused once the session has ended.',
    references: [zap(10113), cheatSheet('Session_Management')],
  },
  confidence: 'medium',
  run,
};
