/** Pages over plain HTTP whose forms are sent over HTTPS: too late, as the page can be changed on its way. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { isLocalHost } from '../reading/sites.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { secure } = factsOf(input);
  const { host } = input.session.row;
  if (secure || isLocalHost(host)) return;
  for (const { name, attributes } of htmlOf(input).tags) {
    const action = attributes.get('action');
    if (name !== 'form' || action === undefined || !/^\s*https:\/\//i.test(action.value)) continue;
    yield {
      parameter: 'form',
      detail: 'A page over plain HTTP holds a form that is sent over HTTPS.',
      evidence: [inBody(action)],
    };
  }
}

export const insecureFormPage: Check = {
  info: {
    id: 'insecure-form-page',
    title: 'Page over plain HTTP holds a form sent over HTTPS',
    severity: 'medium',
    cwe: [319],
    owasp: [API[8], TOP[2]],
    what: 'A page over plain HTTP has a form whose action is an https:// address.',
    why: 'Whoever is on the way changes the page, and with it where the form goes, before anybody fills it in.',
    fix: 'Serve the page itself over HTTPS, redirect to it, and send Strict-Transport-Security.',
    references: [zap(10041), cweUrl(319)],
  },
  confidence: 'high',
  run,
};
