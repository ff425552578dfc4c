/** Answers that browsers and caches may keep though nobody said so. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, responseField, statusLine } from '../reading/head-fields.ts';
import { API, mdnHeader, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { secure, success, script, style, method, status } = factsOf(input);
  const { text, mime } = input.response;
  if (
    !secure ||
    status === 0 ||
    text === undefined ||
    text === '' ||
    script ||
    style ||
    /image|font/.test(mime ?? '')
  )
    return;
  if (method !== 'GET' && method !== 'HEAD') return;
  const field = responseField(input, 'cache-control');
  const value = field?.value.toLowerCase() ?? '';
  if (/\bno-store\b|\bno-cache\b|\bmax-age=0\b/.test(value)) return;
  if (field === undefined && /no-cache/i.test(responseField(input, 'pragma')?.value ?? '')) return;
  const meant = /\bpublic\b|\bimmutable\b|\bs-maxage\b/.test(value);
  yield {
    parameter: 'Cache-Control',
    detail:
      field === undefined ? 'The response has no Cache-Control.' : 'Cache-Control lets the response be kept.',
    evidence: [field === undefined || field.value === '' ? statusLine(input) : field.evidence],
    threshold: !success || meant ? 'low' : 'medium',
  };
}

export const cacheControl: Check = {
  info: {
    id: 'cache-control',
    title: 'Cache-Control to be looked at again',
    severity: 'info',
    cwe: [525],
    owasp: [API[8], TOP[4]],
    what: 'A page or answer over HTTPS has no Cache-Control, or one that lets it be kept.',
    why: 'What is kept on a shared computer or in a cache is seen by the next one who uses it.',
    fix: 'Send Cache-Control: no-store with what concerns one person, and say how long the rest may be kept.',
    references: [zap(10015), mdnHeader('Cache-Control')],
  },
  confidence: 'low',
  scope: 'host',
  run,
};
