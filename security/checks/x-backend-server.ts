/** Fields by which a proxy names the server behind it. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { responseField } from '../reading/head-fields.ts';
import { API, cheatSheet, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  for (const name of [
    'x-backend-server',
    'x-backend',
    'x-served-by-backend',
    'x-upstream-server',
    'x-upstream',
    'x-origin-server',
    'x-real-server',
    'x-upstream-addr',
  ]) {
    const field = responseField(input, name);
    if (field === undefined || field.value.trim() === '') continue;
    yield {
      parameter: field.name,
      detail: 'The response names the server behind the proxy.',
      evidence: [field.evidence],
    };
  }
}

export const xBackendServer: Check = {
  info: {
    id: 'x-backend-server',
    title: 'Server behind the proxy told',
    severity: 'low',
    cwe: [497, 200],
    owasp: [API[8], TOP[5]],
    what: 'Responses have an X-Backend-Server field, or one like it, that names the server behind a proxy.',
    why: 'Names and addresses of the inner network help whoever gets a foothold, or can reach them past the proxy.',
    fix: 'Have the proxy remove the field from what it sends to clients.',
    references: [zap(10039), cheatSheet('HTTP_Headers')],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
