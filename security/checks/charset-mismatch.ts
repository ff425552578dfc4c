/** Answers whose field and body say different things of their charset. */
import { parseMediaType } from '#model/headers.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { responseField } from '../reading/head-fields.ts';
import { htmlOf, inBody, type Span } from '../reading/html-tags.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

const ALIAS: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  'iso-8859-1': 'latin1',
  'iso8859-1': 'latin1',
  'windows-1252': 'latin1',
  'us-ascii': 'ascii',
};
const plain = (name: string) => {
  const key = name
    .trim()
    .replace(/^["']|["']$/g, '')
    .toLowerCase();
  return ALIAS[key] ?? key;
};

function* declared(input: CheckInput): Iterable<Span & { readonly charset: string }> {
  const { text, mime } = input.response;
  if (text !== undefined && /xml$/.test(mime ?? '')) {
    const found = /^\s{0,20}<\?xml[^>]{0,200}?encoding=["']([\w-]+)["']/.exec(text.slice(0, 400));
    const charset = found?.[1];
    if (found && charset) {
      const start = found[0].length - charset.length - 1;
      yield { charset, start, end: start + charset.length };
    }
  }
  for (const { name, attributes } of htmlOf(input).tags.slice(0, 200)) {
    if (name !== 'meta') continue;
    const own = attributes.get('charset');
    if (own !== undefined) yield { charset: own.value, start: own.start, end: own.end };
    const content = attributes.get('content');
    const inContent = /charset\s*=\s*([\w-]+)/i.exec(content?.value ?? '')?.[1];
    const isType = /^content-type$/i.test(attributes.get('http-equiv')?.value ?? '');
    if (content !== undefined && inContent !== undefined && isType)
      yield { charset: inContent, start: content.start, end: content.end };
  }
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const field = responseField(input, 'content-type');
  const inField = parseMediaType(field?.value)?.parameters.get('charset');
  if (field === undefined || input.response.text === undefined) return;
  let first: string | undefined = inField;
  for (const { charset, start, end } of declared(input)) {
    if (first === undefined) first = charset;
    else if (charset !== '' && plain(charset) !== plain(first)) {
      yield {
        parameter: 'charset',
        detail: 'The body declares another charset than what comes before it.',
        evidence: [inBody({ start, end })],
      };
      return;
    }
  }
}

export const charsetMismatch: Check = {
  info: {
    id: 'charset-mismatch',
    title: 'Charsets contradict each other',
    severity: 'info',
    cwe: [436],
    owasp: [API[8], TOP[5]],
    what: 'The Content-Type names another charset than a META element or the XML declaration of the body.',
    why: 'Filters and browsers then read different texts from the same bytes, and one of them misses a script.',
    fix: 'Send UTF-8 and say so in one place, the Content-Type.',
    references: [zap(90011), cweUrl(436)],
  },
  confidence: 'high',
  run,
};
