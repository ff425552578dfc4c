/** Text that is hidden from the eye by Base64, and by nothing else. Tokens, images, signatures and random bytes are left alone. */
import type { Evidence } from '#model/finding.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { inBody } from '../reading/html-tags.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

const SHORTEST = 24;
/** Read from its beginning on. */
const CANDIDATE = /(?<![A-Za-z0-9+/_.\-$])[A-Za-z0-9+/]{24,4096}={0,2}(?![A-Za-z0-9+/=_.-])/y;
/** What is written down as Base64 because it is text of a format. */
const TELLING =
  /^(?:[{[]\s{0,4}["{[\]}]|<\?xml|<[a-z]{1,20}[\s>]|[\w.-]{2,40}[=:][^\s]{2,}(?:[&;,|][\w.-]{1,40}[=:]|$)|[\w.+-]+@[\w-]+\.\w+|[\w-]{2,30}:[\w!@#$%^&*.-]{3,60}$)/;
const DATA_URI =
  /(?:data:[\w/+.;=-]{0,60}base64,|sha(?:256|384|512)-|sourceMappingURL=[^\s]{0,80}|-----BEGIN [^-]{1,40}-----[\s\S]{0,80}|"(?:content|data|image|thumbnail|body|payload|file|bytes|signature|sig|x5c|n|cursor|after|before|next|page_?token|endCursor|startCursor|etag)":\s{0,3}"|nonce=")$/i;
const MAX = 200;

const isDigit = (code: number) =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 47 && code <= 57) || code === 43;

/** In order. A run so long covers every 24th position of the text, so the others need not be looked at. */
function* candidates(text: string): Iterable<RegExpExecArray> {
  for (let at = SHORTEST - 1; at < text.length; at += SHORTEST) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let start = at;
    while (start > 0 && isDigit(text.charCodeAt(start - 1))) start -= 1;
    let end = at + 1;
    while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
    CANDIDATE.lastIndex = start;
    const found = end - start < SHORTEST ? null : CANDIDATE.exec(text);
    if (found !== null) yield found;
    at += Math.floor((end - 1 - at) / SHORTEST) * SHORTEST;
  }
}

function* inText(
  text: string,
  evidence: (start: number, end: number) => Evidence,
  parameter: string,
): Iterable<FindingDraft> {
  let count = 0;
  for (const found of candidates(text)) {
    if (++count > MAX) return;
    const [value] = found;
    // Base64 of anything has capitals, small letters and mostly digits: words and hexadecimal numbers do not.
    if (!/[A-Z]/.test(value) || !/[a-z]/.test(value) || value.length % 4 === 1 || /^[0-9a-f]+$/i.test(value))
      continue;
    if (DATA_URI.test(text.slice(Math.max(0, found.index - 100), found.index))) continue;
    const plain = Buffer.from(value, 'base64').toString('latin1');
    if (!/^[\x20-\x7e\r\n\t]+$/.test(plain)) continue;
    if (/^eyJ(?:hbGci|0eXAi|raWQi)/.test(value)) continue;
    yield {
      parameter,
      detail: 'The text is Base64 of readable text.',
      evidence: [evidence(found.index, found.index + value.length)],
      threshold: TELLING.test(plain) ? 'medium' : 'low',
    };
  }
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { script, style } = factsOf(input);
  for (const { name, value, evidence } of [...factsOf(input).response.values()].flat()) {
    if (
      /^(?:set-cookie|content-security-policy|etag|authorization|x-debug|nel|report-to|public-key|link)/i.test(
        name,
      ) &&
      !/^set-cookie$/i.test(name)
    )
      continue;
    yield* inText(
      value,
      (start, end) => ({ ...evidence, start: evidence.start + start, end: evidence.start + end }),
      name,
    );
  }
  const { text } = input.response;
  if (text === undefined || script || style) return;
  yield* inText(text, (start, end) => inBody({ start, end }), 'body');
}

export const base64Disclosure: Check = {
  info: {
    id: 'base64-disclosure',
    title: 'Readable text in Base64',
    severity: 'info',
    cwe: [319, 642],
    owasp: [API[8], TOP[4]],
    what: 'A response holds Base64 that decodes to readable text of a format: JSON, XML, pairs of names and values, an address.',
    why: 'Base64 hides nothing: clients read it, and change it where the server believes what comes back.',
    fix: 'Keep state on the server, or sign and encrypt what clients keep for it.',
    references: [zap(10094), cweUrl(642)],
  },
  confidence: 'medium',
  run,
};
