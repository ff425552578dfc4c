/** Whether caches may store an answer (RFC 9111 §3). What matters at medium: answers to somebody's credentials that shared caches may keep. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, responseField, statusLine } from '../reading/head-fields.ts';
import { identityOf } from '../reading/identity.ts';
import { API, TOP, zap } from '../taxonomy.ts';

const STORABLE = new Set([200, 203, 204, 206, 300, 301, 404, 405, 410, 414, 501]);

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { method, status } = factsOf(input);
  if (status === 0 || method !== 'GET' || !STORABLE.has(status)) return;
  const field = responseField(input, 'cache-control');
  const value = field?.value.toLowerCase() ?? '';
  const evidence = [field === undefined || field.value === '' ? statusLine(input) : field.evidence];
  const parameter = 'Cache-Control';
  if (/\bno-store\b/.test(value)) {
    yield { parameter, detail: 'No cache may store the response.', evidence, threshold: 'low' };
    return;
  }
  const identity = identityOf(input);
  const shared =
    /\bpublic\b|\bs-maxage=[1-9]/.test(value) ||
    (identity?.kind === 'cookie' && /\bmax-age=[1-9]/.test(value) && !/\bprivate\b/.test(value));
  const varies = /\*|cookie|authorization/i.test(responseField(input, 'vary')?.value ?? '');
  if (identity !== undefined && shared && !varies && !/\bno-cache\b/.test(value)) {
    const detail =
      'The answer to a request with credentials may be stored and given to others by shared caches.';
    yield { parameter, detail, evidence, threshold: 'medium' };
  } else {
    yield { parameter, detail: 'Caches may store the response.', evidence, threshold: 'low' };
  }
}

export const cacheability: Check = {
  info: {
    id: 'cacheability',
    title: 'Answer may be stored by caches',
    severity: 'info',
    cwe: [524],
    owasp: [API[8], TOP[4]],
    what: 'By its fields and status the response may be stored; at the medium threshold: by shared caches, though it answers credentials.',
    why: 'A shared cache gives the answer for one person to the next who asks for the same address.',
    fix: 'Send Cache-Control: private or no-store with every answer that depends on who asks.',
    references: [zap(10049), 'https://www.rfc-editor.org/rfc/rfc9111#section-3'],
  },
  confidence: 'medium',
  scope: 'host',
  run,
};
