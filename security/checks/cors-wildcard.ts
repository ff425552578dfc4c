/** Answers that scripts of every site may read. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, responseField } from '../reading/head-fields.ts';
import { API, mdnHeader, TOP, zap } from '../taxonomy.ts';

const MEANT =
  /^(?:font\/|image\/|audio\/|video\/|text\/css|application\/font|application\/manifest)|(?:java|ecma)script$/;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const field = responseField(input, 'access-control-allow-origin');
  if (field === undefined || field.value.trim() !== '*') return;
  const { status } = factsOf(input);
  const meant = MEANT.test(input.response.mime ?? '') || status === 404 || status === 304;
  yield {
    parameter: field.name,
    detail: 'Scripts of every site may read the response.',
    evidence: [field.evidence],
    threshold: meant ? 'low' : 'high',
  };
}

export const corsWildcard: Check = {
  info: {
    id: 'cors-wildcard',
    title: 'Every origin may read answers',
    severity: 'medium',
    cwe: [264, 942],
    owasp: [API[8], TOP[1]],
    what: 'A response has Access-Control-Allow-Origin: *.',
    why: 'Every page that somebody on an inner network visits can read what the server answers to anonymous requests from there.',
    fix: 'Name the origins that need the answer, and leave the field out everywhere else.',
    references: [zap(10098), mdnHeader('Access-Control-Allow-Origin')],
  },
  confidence: 'medium',
  scope: 'host',
  run,
};
