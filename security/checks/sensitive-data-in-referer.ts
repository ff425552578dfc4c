/** Personal data and credentials that the Referer field tells to another site. */

import { credentialKind } from '#model/secrets/credential-names.ts';
import { isJwt, isMask, looksRandom } from '#model/secrets/placeholders.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { urlEncodedFields } from '../reading/form-fields.ts';
import { requestField } from '../reading/head-fields.ts';
import { sensitiveKind } from '../reading/sensitive-text.ts';
import { sameSite } from '../reading/sites.ts';
import { API, mdnHeader, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const referer = requestField(input, 'referer');
  if (referer === undefined || !URL.canParse(referer.value)) return;
  if (sameSite(new URL(referer.value).hostname, input.session.row.host)) return;
  const question = referer.value.indexOf('?');
  if (question < 0) return;
  const query = referer.value.slice(question + 1).split('#', 1)[0] ?? '';
  for (const { name, value, start, end } of urlEncodedFields(query, referer.evidence.start + question + 1)) {
    const credential = credentialKind(name);
    const secret =
      credential === 'password'
        ? !isMask(value)
        : credential !== undefined && (looksRandom(value) || isJwt(value));
    const kind = secret ? `a credential (${credential})` : sensitiveKind(name, value);
    if (kind === undefined) continue;
    yield {
      parameter: name,
      detail: `The Referer tells another site ${kind}.`,
      evidence: [{ part: 'request-head', start, end }],
      ...(secret ? { severity: 'medium' } : {}),
    };
  }
}

export const sensitiveDataInReferer: Check = {
  info: {
    id: 'sensitive-data-in-referer',
    title: 'Personal data told to another site by the Referer',
    severity: 'info',
    cwe: [598],
    owasp: [API[3], TOP[1]],
    what: 'The Referer field of a request to another site holds an e-mail address, a card or official number, or a credential.',
    why: 'The other site, and everybody who reads its logs, learns it.',
    fix: 'Keep such data out of addresses, and send Referrer-Policy: strict-origin-when-cross-origin or stricter.',
    references: [zap(10025), mdnHeader('Referrer-Policy')],
  },
  confidence: 'high',
  run,
};
