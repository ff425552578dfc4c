/** Answers that a shared cache gave. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { API, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { response, status } = factsOf(input);
  if (status === 0) return;
  const age = response.get('age')?.[0];
  if (age !== undefined && /^\d+$/.test(age.value.trim()) && Number(age.value) > 0) {
    yield {
      parameter: age.name,
      detail: 'The response has been in a shared cache for some time.',
      evidence: [age.evidence],
    };
  }
  for (const name of [
    'x-cache',
    'x-cache-status',
    'x-proxy-cache',
    'cf-cache-status',
    'x-varnish-cache',
    'cache-status',
    'x-cache-hit',
  ]) {
    const field = response.get(name)?.[0];
    if (field === undefined || !/\bhit\b/i.test(field.value)) continue;
    yield {
      parameter: field.name,
      detail: 'The response came from a shared cache.',
      evidence: [field.evidence],
    };
  }
}

export const retrievedFromCache: Check = {
  info: {
    id: 'retrieved-from-cache',
    title: 'Answer came from a cache',
    severity: 'info',
    cwe: [525],
    owasp: [API[8], TOP[4]],
    what: 'Fields of the response (Age, X-Cache and the like) say that it came from a shared cache.',
    why: 'If the answer depends on who asks, somebody else may be given it.',
    fix: 'See that nothing that concerns one person is among what the cache keeps: Cache-Control: private or no-store.',
    references: [zap(10050), 'https://www.rfc-editor.org/rfc/rfc9111#section-5.1'],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
