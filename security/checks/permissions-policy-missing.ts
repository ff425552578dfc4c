/** Pages that leave open which features of the browser they and their frames may use. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, statusLine } from '../reading/head-fields.ts';
import { API, mdnHeader, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { html, script, response, redirect, status } = factsOf(input);
  if (!(html || script) || status === 0 || input.response.text === '') return;
  const threshold = redirect || script ? ({ threshold: 'low' } as const) : {};
  const old = response.get('feature-policy')?.[0];
  if (old !== undefined) {
    const detail = 'Feature-Policy has been replaced by Permissions-Policy.';
    yield { parameter: 'Feature-Policy', detail, evidence: [old.evidence], ...threshold };
  }
  if (response.has('permissions-policy') || old !== undefined) return;
  const detail = 'The response has no Permissions-Policy.';
  yield { parameter: 'Permissions-Policy', detail, evidence: [statusLine(input)], ...threshold };
}

export const permissionsPolicyMissing: Check = {
  info: {
    id: 'permissions-policy-missing',
    title: 'Permissions-Policy missing',
    severity: 'low',
    cwe: [16, 693],
    owasp: [API[8], TOP[5]],
    what: 'A page has no Permissions-Policy field, or only the Feature-Policy field that it has replaced.',
    why: 'Injected scripts and embedded frames may ask for the camera, the microphone, the position and other features in the name of the site.',
    fix: 'Send Permissions-Policy with every page and switch off what it does not use: camera=(), microphone=(), geolocation=().',
    references: [zap(10063), mdnHeader('Permissions-Policy')],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
