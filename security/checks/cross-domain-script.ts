/** Scripts that a page loads from another site without saying what they must be. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { htmlOf, inBody, pageUrl } from '../reading/html-tags.ts';
import { sameSite } from '../reading/sites.ts';
import { API, TOP, zap } from '../taxonomy.ts';

/** Payments, captchas, tags and maps: services that must be loaded from their own hosts and change without notice. */
const TRUSTED =
  /(?:^|\.)(?:google\.com|gstatic\.com|maps\.googleapis\.com|googletagmanager\.com|google-analytics\.com|recaptcha\.net|stripe\.com|paypal\.com|paypalobjects\.com|braintreegateway\.com|adyen\.com|klarna\.com|hcaptcha\.com|challenges\.cloudflare\.com|cookielaw\.org|facebook\.net)$/;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { host } = input.session.row;
  for (const { name, attributes } of htmlOf(input).tags) {
    const src = attributes.get('src');
    const url = name === 'script' && src !== undefined ? pageUrl(input, src.value) : undefined;
    if (src === undefined || url === undefined || url.hostname === host) continue;
    if ((attributes.get('integrity')?.value ?? '') !== '') continue;
    const trusted = sameSite(url.hostname, host) || TRUSTED.test(url.hostname);
    yield {
      parameter: url.hostname,
      detail: 'The page runs a script of another site as it comes.',
      evidence: [inBody(src)],
      threshold: trusted ? 'low' : 'high',
    };
  }
}

export const crossDomainScript: Check = {
  info: {
    id: 'cross-domain-script',
    title: 'Script of another site',
    severity: 'low',
    cwe: [829],
    owasp: [API[8], TOP[8]],
    what: 'A page loads a script from a host of another site, without an integrity attribute.',
    why: 'Whoever holds or breaks into that host runs code in the page, with everything its visitors may do.',
    fix: 'Serve scripts from the same site, or add an integrity attribute with the hash of the version that was looked at.',
    references: [zap(10017), 'https://developer.mozilla.org/en-US/docs/Web/Security/Subresource_Integrity'],
  },
  confidence: 'medium',
  run,
};
