/** Strict-Transport-Security (RFC 6797): missing, switched off, doubled, malformed, or where browsers ignore it. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, statusLine } from '../reading/head-fields.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { isLocalHost } from '../reading/sites.ts';
import { API, mdnHeader, TOP, zap } from '../taxonomy.ts';

const MAX_AGE = /(?:^|;)\s*max-age\s*=\s*"?([^";\s]*)"?/i;

/** What is wrong with the value, in words. */
function fault(value: string): string | undefined {
  // Printable ASCII only: anything else ends the reading of the field.
  if (/[^\x20-\x7e\t]/.test(value)) return 'has characters that it may not have';
  const age = MAX_AGE.exec(value)?.[1];
  if (age === undefined) return 'has no max-age';
  if (!/^\d+$/.test(age)) return 'has a max-age that is no number';
  return Number(age) === 0 ? 'has a max-age of 0, which makes browsers forget it' : undefined;
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { response, secure, status, redirect } = factsOf(input);
  if (status === 0 || status === 101) return;
  const parameter = 'Strict-Transport-Security';
  const fields = response.get('strict-transport-security') ?? [];
  const [first, second] = fields;
  if (!secure) {
    if (first === undefined) return;
    const detail = 'The field came over plain HTTP, where browsers ignore it.';
    yield { parameter, detail, evidence: [first.evidence], severity: 'info' };
    return;
  }
  for (const { attributes } of htmlOf(input).tags) {
    const equiv = attributes.get('http-equiv');
    if (equiv?.value.toLowerCase() !== 'strict-transport-security') continue;
    yield {
      parameter,
      detail: 'A META element stands for the field, which browsers ignore.',
      evidence: [inBody(equiv)],
    };
  }
  if (first === undefined) {
    // Not learnt for addresses (RFC 6797 §8.1.1), and of no use on this machine or in front of a redirect within the host.
    const { host } = input.session.row;
    const ofNoUse = isLocalHost(host) || /^[\d.]+$|^\[/.test(host) || redirect;
    const detail = 'The response over HTTPS has no Strict-Transport-Security field.';
    yield { parameter, detail, evidence: [statusLine(input)], ...(ofNoUse ? { threshold: 'low' } : {}) };
    return;
  }
  if (second !== undefined) {
    const detail = 'The field is there more than once, and browsers take the first alone.';
    yield { parameter, detail, evidence: fields.map(({ evidence }) => evidence) };
    return;
  }
  const wrong = fault(first.value);
  if (wrong !== undefined) yield { parameter, detail: `The field ${wrong}.`, evidence: [first.evidence] };
}

export const strictTransportSecurity: Check = {
  info: {
    id: 'strict-transport-security',
    title: 'Strict-Transport-Security missing or without effect',
    severity: 'low',
    cwe: [319],
    owasp: [API[8], TOP[5]],
    what: 'Responses over HTTPS have no Strict-Transport-Security field, or one that browsers ignore or that switches it off.',
    why: 'Without it a browser can be led to the plain HTTP version of the site, where everything can be read and changed on the way.',
    fix: 'Send Strict-Transport-Security: max-age=31536000; includeSubDomains once in every response over HTTPS.',
    references: [zap(10035), mdnHeader('Strict-Transport-Security')],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
