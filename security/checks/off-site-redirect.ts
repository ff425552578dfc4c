/** Redirects whose host a request parameter decides. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, responseField } from '../reading/head-fields.ts';
import { parameters } from '../reading/parameters.ts';
import { sameSite } from '../reading/sites.ts';
import { API, cheatSheet, TOP, zap } from '../taxonomy.ts';

const decodeOnce = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The host that a parameter asks for: an absolute URL, "//host" or a bare host name; undefined for paths. */
function hostIn(value: string): string | undefined {
  const text = value.trim().replaceAll('\\', '/');
  const absolute = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(text)
    ? text
    : /^[\w-]+(?:\.[\w-]+)+(?:[:/?]|$)/.test(text)
      ? `//${text}`
      : undefined;
  if (absolute === undefined || !URL.canParse(absolute, 'http://x.invalid')) return undefined;
  return new URL(absolute, 'http://x.invalid').hostname;
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { redirect, url } = factsOf(input);
  const location = responseField(input, 'location');
  if (!redirect || location === undefined || url === undefined || !URL.canParse(location.value, url.href))
    return;
  const target = new URL(location.value, url);
  if (!/^https?:$/.test(target.protocol) || target.hostname === url.hostname) return;
  for (const { side, place, name, value } of parameters(input)) {
    if (side !== 'request' || (place !== 'query' && place !== 'form' && place !== 'json')) continue;
    const host = hostIn(value) ?? hostIn(decodeOnce(value));
    if (host === undefined || host !== target.hostname) continue;
    // Another host of the same owner may be meant, and OAuth sends clients to where they are registered; whether any host is taken takes an active request to tell.
    const names = url.searchParams;
    const oauth = names.has('client_id') && (names.has('response_type') || names.has('code_challenge'));
    const known = sameSite(host, url.hostname) || (oauth && /^redirect_?ur[il]$/i.test(name));
    yield {
      parameter: name,
      detail: 'The redirect goes to the host that the parameter names.',
      evidence: [location.evidence],
      ...(known ? { severity: 'info', threshold: 'low' } : {}),
    };
  }
}

export const offSiteRedirect: Check = {
  info: {
    id: 'off-site-redirect',
    title: 'Redirect to a host that the request names',
    severity: 'high',
    cwe: [601],
    owasp: [API[8], TOP[1]],
    what: 'A request parameter decides to which other host the answer redirects.',
    why: 'A link that begins with a trusted address leads to a page of somebody else, which asks for passwords or takes tokens along.',
    fix: 'Redirect to paths of the site alone, or to hosts on a list; show a page that says where it goes for all others.',
    references: [zap(10028), cheatSheet('Unvalidated_Redirects_and_Forwards')],
  },
  confidence: 'medium',
  run,
};
