/** Scripts and styles from other hosts without an integrity attribute. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { htmlOf, inBody, pageUrl } from '../reading/html-tags.ts';
import { sameSite } from '../reading/sites.ts';
import { API, TOP, zap } from '../taxonomy.ts';

/** They change at every load, so no hash can be given. */
const CHANGING =
  /(?:^|\.)(?:fonts\.googleapis\.com|googletagmanager\.com|google-analytics\.com|js\.stripe\.com|google\.com|recaptcha\.net|hcaptcha\.com|challenges\.cloudflare\.com|maps\.googleapis\.com|paypal\.com)$/;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { host } = input.session.row;
  for (const tag of htmlOf(input).tags) {
    const { name, attributes } = tag;
    const style = name === 'link' && /\bstylesheet\b/i.test(attributes.get('rel')?.value ?? '');
    if (name !== 'script' && !style) continue;
    const address = attributes.get(style ? 'href' : 'src');
    const url = address && pageUrl(input, address.value);
    if (!url || url.hostname === host || (attributes.get('integrity')?.value ?? '') !== '') continue;
    const own = sameSite(url.hostname, host) || CHANGING.test(url.hostname);
    yield {
      parameter: url.hostname,
      detail: `A ${style ? 'style sheet' : 'script'} of another host has no integrity attribute.`,
      evidence: [inBody(tag)],
      threshold: own ? 'low' : 'high',
    };
  }
}

export const sriMissing: Check = {
  info: {
    id: 'sri-missing',
    title: 'Integrity attribute missing',
    severity: 'medium',
    cwe: [345],
    owasp: [API[8], TOP[8]],
    what: 'A script or style sheet of another host is loaded without an integrity attribute.',
    why: 'The browser takes whatever that host answers with, also on the day when somebody else answers in its place.',
    fix: 'Add integrity with the hash of the file and crossorigin="anonymous", and name a version in the address.',
    references: [zap(90003), 'https://www.w3.org/TR/SRI/'],
  },
  confidence: 'high',
  run,
};
