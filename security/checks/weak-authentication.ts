/** Basic and Digest over plain HTTP: sent, or asked for. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, requestField } from '../reading/head-fields.ts';
import { isLocalHost } from '../reading/sites.ts';
import { API, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { secure, response } = factsOf(input);
  if (secure) return;
  // On the way to this same machine nobody listens.
  const local = isLocalHost(input.session.row.host) ? ({ severity: 'low' } as const) : {};
  const sent = requestField(input, 'authorization');
  const scheme = /^\s*(basic|digest)\s+\S/i.exec(sent?.value ?? '')?.[1]?.toLowerCase();
  if (sent !== undefined && scheme !== undefined) {
    const named = scheme === 'basic' ? 'User name and password' : 'A digest of the password';
    yield {
      parameter: sent.name,
      detail: `${named} went over plain HTTP.`,
      evidence: [sent.evidence],
      ...local,
    };
  }
  for (const name of ['www-authenticate', 'proxy-authenticate']) {
    for (const field of response.get(name) ?? []) {
      if (!/(?:^|,)\s*(?:basic|digest)\b/i.test(field.value)) continue;
      yield {
        parameter: field.name,
        detail: 'The server asks for a weak scheme over plain HTTP.',
        evidence: [field.evidence],
        ...local,
      };
    }
  }
}

export const weakAuthentication: Check = {
  info: {
    id: 'weak-authentication',
    title: 'Basic or Digest over plain HTTP',
    severity: 'medium',
    cwe: [287, 326],
    owasp: [API[2], TOP[7]],
    what: 'Basic or Digest credentials are sent, or asked for, over plain HTTP.',
    why: 'Basic is the password itself, Digest what it can be guessed from; everybody on the way gets it.',
    fix: 'Serve over HTTPS only, and use tokens that expire instead of the password in every request.',
    references: [zap(10105), 'https://www.rfc-editor.org/rfc/rfc7617#section-4'],
  },
  confidence: 'high',
  run,
};
