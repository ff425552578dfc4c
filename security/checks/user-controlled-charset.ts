/** Values of the request that come back as the character set of the answer. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { responseField } from '../reading/head-fields.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { parameters } from '../reading/parameters.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const named = new Map<string, string>();
  for (const { side, place, name, value } of parameters(input)) {
    if (side !== 'request' || (place !== 'query' && place !== 'form')) continue;
    if (/^[a-z][\w-]{2,30}$/i.test(value)) named.set(value.toLowerCase(), name);
  }
  if (named.size === 0) return;
  const field = responseField(input, 'content-type');
  const inField = /charset\s*=\s*"?([\w-]+)/i.exec(field?.value ?? '')?.[1];
  const parameter = named.get(inField?.toLowerCase() ?? '');
  if (field !== undefined && parameter !== undefined) {
    yield {
      parameter,
      detail: 'The value comes back as the charset of the Content-Type.',
      evidence: [field.evidence],
    };
  }
  for (const { name, attributes } of htmlOf(input).tags) {
    if (name !== 'meta') continue;
    const declared = attributes.get('charset') ?? attributes.get('content');
    const charset = attributes.has('charset')
      ? declared?.value
      : /charset\s*=\s*([\w-]+)/i.exec(declared?.value ?? '')?.[1];
    const same = named.get(charset?.toLowerCase() ?? '');
    if (declared === undefined || same === undefined) continue;
    yield {
      parameter: same,
      detail: 'The value comes back as the charset of the page.',
      evidence: [inBody(declared)],
    };
  }
}

export const userControlledCharset: Check = {
  info: {
    id: 'user-controlled-charset',
    title: 'Request value decides the charset',
    severity: 'info',
    cwe: [20],
    owasp: [API[8], TOP[3]],
    what: 'The value of a request parameter comes back as the charset of the Content-Type or of the page.',
    why: 'With a charset of their choice, others write scripts in bytes that the encoding of the server does not recognise as such.',
    fix: 'Answer in UTF-8 always, and say so in the Content-Type.',
    references: [zap(10030), cweUrl(20)],
  },
  confidence: 'low',
  run,
};
