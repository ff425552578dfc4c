/** Privileged properties that a server gives back for an object which the client has just written without them. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { identityOf, loginOf } from '../reading/identity.ts';
import { type Parameter, parameters } from '../reading/parameters.ts';
import { API, cheatSheet, cweUrl, TOP } from '../taxonomy.ts';

const PRIVILEGED =
  /^(?:role|roles|user_?role|is_?admin|admin|is_?staff|is_?superuser|superuser|permissions?|privileges?|scopes?|access_?level|user_?level|account_?type|is_?verified|verified|email_?verified|is_?active|approved|is_?approved|balance|credits?|credit_?limit|available_?credit|wallet_?balance|discount|is_?premium|premium|plan|subscription_?(?:plan|tier|status)|tier|owner_?id|user_?id|tenant_?id|account_?id|group_?id|is_?owner|is_?vip|quota|price|total|payment_?status|is_?paid|paid)$/i;
/** Of the first kind: rights. Money, state and ownership are more often the server's own to say. */
const RIGHTS =
  /^(?:role|roles|user_?role|is_?admin|admin|is_?staff|is_?superuser|superuser|permissions?|privileges?|access_?level|user_?level|account_?type|is_?verified|verified|email_?verified|balance|credits?|credit_?limit|available_?credit|wallet_?balance|is_?premium|is_?vip)$/i;

/** The object that the answer is, without the envelopes that APIs put around it. */
const inObject = (path: string) =>
  /^(?:(?:data|result|user|account|profile|item|object|payload|response|attributes)\.){0,3}[^.[\]]+(?:\[\d+\])?$/i.test(
    path,
  );

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { method, success } = factsOf(input);
  if (!success || !['POST', 'PUT', 'PATCH'].includes(method) || loginOf(input) !== undefined) return;
  const sent = new Set<string>();
  const values = new Set<string>();
  const answered: Parameter[] = [];
  for (const parameter of parameters(input)) {
    if (parameter.side === 'request' && (parameter.place === 'json' || parameter.place === 'form')) {
      sent.add(parameter.name.toLowerCase());
      values.add(parameter.name.toLowerCase());
    } else if (parameter.side === 'response' && parameter.place === 'json') answered.push(parameter);
  }
  // The answer must be the object that was sent: two of its properties come back.
  const same = new Set(
    answered.filter(({ name }) => sent.has(name.toLowerCase())).map(({ name }) => name.toLowerCase()),
  );
  if (
    sent.size === 0 ||
    same.size < Math.min(2, sent.size) ||
    /log-?in|auth|token|session/i.test(input.session.row.path)
  )
    return;
  for (const { name, path, evidence } of answered) {
    if (sent.has(name.toLowerCase()) || !PRIVILEGED.test(name) || !inObject(path)) continue;
    yield {
      parameter: path,
      detail:
        'The object has a privileged property that the request did not set; whether it can takes an active request to tell.',
      evidence: [evidence],
      threshold: RIGHTS.test(name) ? 'medium' : 'low',
    };
  }
  for (const { name, path, evidence, side, place } of parameters(input)) {
    if (
      side === 'request' &&
      place === 'json' &&
      RIGHTS.test(name) &&
      same.has(name.toLowerCase()) &&
      identityOf(input) === undefined
    ) {
      yield {
        parameter: path,
        detail: 'The request sets a privileged property, and the answer has it.',
        evidence: [evidence],
        severity: 'medium',
      };
    }
  }
}

export const massAssignmentHint: Check = {
  info: {
    id: 'mass-assignment-hint',
    title: 'Privileged property beside what was written',
    severity: 'info',
    cwe: [915],
    owasp: [API[3], TOP[8]],
    what: 'The answer to a write has a privileged property (role, isAdmin, verified, balance) that the request did not have, or that it did set.',
    why: 'Where the server takes over whatever properties it is sent, adding that one to the request gives its sender the right.',
    fix: 'Take over named properties alone, by role, and refuse requests with others.',
    references: [cheatSheet('Mass_Assignment'), cweUrl(915)],
  },
  confidence: 'low',
  run,
};
