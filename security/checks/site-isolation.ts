/** The fields that keep a page in a process of its own (CORP, COEP, COOP), as far as they matter for what is answered. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, statusLine } from '../reading/head-fields.ts';
import { API, mdnHeader, TOP, zap } from '../taxonomy.ts';

const KNOWN = {
  'cross-origin-resource-policy': /^(?:same-origin|same-site|cross-origin)$/i,
  'cross-origin-embedder-policy': /^(?:require-corp|credentialless|unsafe-none)\b/i,
  'cross-origin-opener-policy':
    /^(?:same-origin|same-origin-allow-popups|noopener-allow-popups|unsafe-none)\b/i,
} as const;

const SPELT: Readonly<Record<string, string>> = {
  'cross-origin-resource-policy': 'Cross-Origin-Resource-Policy',
  'cross-origin-embedder-policy': 'Cross-Origin-Embedder-Policy',
  'cross-origin-opener-policy': 'Cross-Origin-Opener-Policy',
};

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { html, response, success } = factsOf(input);
  if (!success || input.session.response?.body.size === 0) return;
  for (const [name, valid] of Object.entries(KNOWN)) {
    const field = response.get(name)?.[0];
    const parameter = SPELT[name] ?? name;
    if (field !== undefined && field.value !== '') {
      if (!valid.test(field.value.trim())) {
        yield {
          parameter,
          detail: `${parameter} has a value that browsers ignore.`,
          evidence: [field.evidence],
        };
      }
      continue;
    }
    // Only pages embed and are opened; and what CORS opens to others needs no resource policy.
    const ofResource = name === 'cross-origin-resource-policy';
    if (ofResource ? response.has('access-control-allow-origin') : !html) continue;
    yield {
      parameter,
      detail: `The response has no ${parameter}.`,
      evidence: [statusLine(input)],
      ...(html ? { threshold: 'medium' } : { threshold: 'low' }),
    };
  }
}

export const siteIsolation: Check = {
  info: {
    id: 'site-isolation',
    title: 'Isolation from other sites not asked for',
    severity: 'low',
    cwe: [693],
    owasp: [API[8], TOP[4]],
    what: 'A page lacks Cross-Origin-Resource-Policy, Cross-Origin-Embedder-Policy or Cross-Origin-Opener-Policy, or has an unknown value in one.',
    why: 'Without them another site can have the response loaded into its own process, where attacks on speculative execution may read it.',
    fix: 'Send Cross-Origin-Opener-Policy: same-origin, Cross-Origin-Embedder-Policy: require-corp and Cross-Origin-Resource-Policy: same-origin with pages.',
    references: [zap(90004), mdnHeader('Cross-Origin-Resource-Policy'), 'https://web.dev/articles/coop-coep'],
  },
  confidence: 'medium',
  scope: 'host',
  run,
};
