/** Bodies of which nobody says what they are. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, responseField, statusLine } from '../reading/head-fields.ts';
import { API, mdnHeader, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { status } = factsOf(input);
  if (status < 200 || status === 204 || status === 304 || input.session.response?.body.size === 0) return;
  if (input.session.row.kind !== 'http' || input.session.row.method === 'HEAD') return;
  const field = responseField(input, 'content-type');
  if (field !== undefined && field.value.trim() !== '') return;
  yield {
    parameter: 'Content-Type',
    detail:
      field === undefined ? 'The response has a body and no Content-Type.' : 'The Content-Type is empty.',
    evidence: [statusLine(input)],
  };
}

export const contentTypeMissing: Check = {
  info: {
    id: 'content-type-missing',
    title: 'Content-Type missing',
    severity: 'info',
    cwe: [345],
    owasp: [API[8], TOP[5]],
    what: 'A response with a body has no Content-Type field, or an empty one.',
    why: 'Clients guess the type, and may take text that others have written for a page or a script.',
    fix: 'Send a Content-Type that is right, with its charset, with every body.',
    references: [zap(10019), mdnHeader('Content-Type')],
  },
  confidence: 'high',
  run,
};
