/** Pages over HTTPS whose forms send what is filled in over plain HTTP. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  if (!factsOf(input).secure) return;
  for (const { name, attributes } of htmlOf(input).tags) {
    const action = attributes.get(name === 'form' ? 'action' : 'formaction');
    if (action === undefined || !['form', 'button', 'input'].includes(name)) continue;
    if (!/^\s*http:\/\//i.test(action.value)) continue;
    yield {
      parameter: 'form',
      detail: 'A form of the page is sent over plain HTTP.',
      evidence: [inBody(action)],
    };
  }
}

export const insecureFormPost: Check = {
  info: {
    id: 'insecure-form-post',
    title: 'Secure page sends a form over plain HTTP',
    severity: 'medium',
    cwe: [319],
    owasp: [API[8], TOP[2]],
    what: 'A page over HTTPS has a form whose action is an http:// address.',
    why: 'What people fill in, trusting the lock in the address bar, goes over the network for everybody on the way to read.',
    fix: 'Send forms to https:// addresses, or to paths of the same site.',
    references: [zap(10042), cweUrl(319)],
  },
  confidence: 'high',
  run,
};
