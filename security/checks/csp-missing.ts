/** Pages without a Content-Security-Policy, or with one that is only reported or that no browser reads any more. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, statusLine } from '../reading/head-fields.ts';
import { htmlOf } from '../reading/html-tags.ts';
import { API, cheatSheet, mdnHeader, TOP, zap } from '../taxonomy.ts';

const OBSOLETE = ['x-content-security-policy', 'x-webkit-csp'];

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { html, response, redirect, status } = factsOf(input);
  if (!html || status === 0 || input.response.text === '') return;
  for (const name of OBSOLETE) {
    const field = response.get(name)?.[0];
    if (field === undefined) continue;
    const detail = 'The field is obsolete and no browser reads it any more.';
    yield { parameter: field.name, detail, evidence: [field.evidence], severity: 'info' };
  }
  const reported = response.get('content-security-policy-report-only')?.[0];
  if (response.has('content-security-policy')) return;
  const inPage = htmlOf(input).tags.some(
    ({ name, attributes }) =>
      name === 'meta' && /^content-security-policy$/i.test(attributes.get('http-equiv')?.value ?? ''),
  );
  if (inPage) return;
  const threshold = redirect ? ({ threshold: 'low' } as const) : {};
  if (reported !== undefined) {
    const detail = 'The policy is only reported, not enforced.';
    yield { parameter: reported.name, detail, evidence: [reported.evidence], severity: 'info', ...threshold };
  }
  const detail = 'The page has no Content-Security-Policy.';
  yield { parameter: 'Content-Security-Policy', detail, evidence: [statusLine(input)], ...threshold };
}

export const cspMissing: Check = {
  info: {
    id: 'csp-missing',
    title: 'Content-Security-Policy missing',
    severity: 'medium',
    cwe: [693],
    owasp: [API[8], TOP[5]],
    what: 'A page has no Content-Security-Policy, neither as a field nor as a META element.',
    why: 'A policy is the last thing that keeps injected markup from running scripts, loading from elsewhere or sending data away.',
    fix: "Send a Content-Security-Policy with every page; begin with default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'.",
    references: [zap(10038), mdnHeader('Content-Security-Policy'), cheatSheet('Content_Security_Policy')],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
