/** Logins that worked with a pair that products are shipped with. Those that failed say that somebody tried: no fault. */

import { credentialKind } from '#model/secrets/credential-names.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { isDefaultPair } from '../reading/default-credentials.ts';
import { factsOf, requestField } from '../reading/head-fields.ts';
import { loginOf } from '../reading/identity.ts';
import { parameters } from '../reading/parameters.ts';
import { API, cheatSheet, cweUrl, TOP } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const authorization = requestField(input, 'authorization');
  const encoded = /^\s*basic\s+([A-Za-z0-9+/=_-]{4,200})\s*$/i.exec(authorization?.value ?? '')?.[1];
  const { success, redirect } = factsOf(input);
  if (authorization !== undefined && encoded !== undefined && (success || redirect)) {
    const [, user = '', password = ''] =
      /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
    if (isDefaultPair(user, password)) {
      const detail = 'The server accepted a user name and password that products are shipped with.';
      yield { parameter: authorization.name, detail, evidence: [authorization.evidence] };
    }
  }
  const login = loginOf(input);
  if (login?.user === undefined || login.succeeded !== true) return;
  for (const { side, place, name, path, value, evidence } of parameters(input)) {
    if (side !== 'request' || !['form', 'json', 'query'].includes(place)) continue;
    if (credentialKind(name) !== 'password' || !isDefaultPair(login.user, value)) continue;
    yield {
      parameter: path,
      detail: 'The login worked with a pair that products are shipped with.',
      evidence: [evidence],
    };
  }
}

export const defaultCredentials: Check = {
  info: {
    id: 'default-credentials',
    title: 'Login with default credentials',
    severity: 'high',
    cwe: [1392, 798],
    owasp: [API[2], TOP[7]],
    what: 'A login worked with a user name and password that a product is shipped with.',
    why: 'Lists of them are public, and every host that can be reached is tried with all of them.',
    fix: 'Set passwords of your own before anything can be reached, and refuse the shipped ones.',
    references: [cweUrl(1392), cheatSheet('Authentication')],
  },
  confidence: 'high',
  run,
};
