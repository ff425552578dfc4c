/** Cookies that go along with requests made by other sites, or leave to the browser whether they do. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { setCookies } from '../reading/set-cookies.ts';
import { API, mdnHeader, TOP, zap } from '../taxonomy.ts';

/** What is wrong, in words, and up to which threshold it is told. */
function fault(attribute: string | undefined): Pick<FindingDraft, 'detail' | 'threshold'> | undefined {
  const value = attribute?.toLowerCase();
  if (value === undefined) return { detail: 'has no SameSite attribute' };
  if (value === 'strict' || value === 'lax') return undefined;
  if (value === 'none')
    return { detail: 'has SameSite=None and goes along with requests of other sites', threshold: 'medium' };
  return { detail: 'has a SameSite attribute that browsers do not know' };
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  for (const { name, attributes, deletes, evidence } of setCookies(input)) {
    const found = deletes ? undefined : fault(attributes.get('samesite'));
    if (found === undefined) continue;
    yield { ...found, parameter: name, detail: `The cookie ${name} ${found.detail}.`, evidence: [evidence] };
  }
}

export const cookieNoSamesite: Check = {
  info: {
    id: 'cookie-no-samesite',
    title: 'Cookie without SameSite',
    severity: 'low',
    cwe: [1275],
    owasp: [API[8], TOP[1]],
    what: 'A Set-Cookie field has no SameSite attribute, has SameSite=None, or has a value that browsers do not know.',
    why: 'A page of another site can make the browser send requests with the cookie, in the name of whoever is logged in.',
    fix: 'Set SameSite=Lax or SameSite=Strict; where another site must send the cookie, use None with Secure and tokens against request forgery.',
    references: [zap(10054), mdnHeader('Set-Cookie')],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
