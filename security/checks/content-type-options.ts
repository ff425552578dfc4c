/** X-Content-Type-Options: a body whose type browsers may guess. Says nothing where there is no body to guess the type of. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, responseField, statusLine } from '../reading/head-fields.ts';
import { API, mdnHeader, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { status, success } = factsOf(input);
  if (status === 0 || input.session.response?.body.size === 0) return;
  const field = responseField(input, 'x-content-type-options');
  if (field?.value.split(',', 1)[0]?.trim().toLowerCase() === 'nosniff') return;
  yield {
    parameter: 'X-Content-Type-Options',
    detail:
      field === undefined ? 'The response has no such field.' : 'The field has another value than nosniff.',
    evidence: [field === undefined || field.value === '' ? statusLine(input) : field.evidence],
    ...(success ? {} : { threshold: 'low' }),
  };
}

export const contentTypeOptions: Check = {
  info: {
    id: 'content-type-options',
    title: 'X-Content-Type-Options is not nosniff',
    severity: 'low',
    cwe: [693],
    owasp: [API[8], TOP[5]],
    what: 'A response with a body has no X-Content-Type-Options field, or one that is not nosniff.',
    why: 'A browser may guess another type than the one declared, and run uploaded or echoed text as a page or a script.',
    fix: 'Send X-Content-Type-Options: nosniff with every response, beside a Content-Type that is right.',
    references: [zap(10021), mdnHeader('X-Content-Type-Options')],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
