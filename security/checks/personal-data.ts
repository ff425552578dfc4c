/** Payment card numbers and bank account numbers in messages: where they go, in which field. */
import type { EvidencePart } from '#model/finding.ts';
import type { Check, CheckBody, CheckInput, FindingDraft } from '../check.ts';
import { cardIssuer } from '../reading/card-number.ts';
import { isIban } from '../reading/iban.ts';
import { isJson, parameters } from '../reading/parameters.ts';

/** 13 to 19 digits in groups of one kind of separator; not part of a longer number, decimal, version, id or word. */
const CARD =
  /(?<![\w.,+\-/=#%&:@])\d{4}(?:\d{9,15}|([ -])\d{4}\1\d{4}\1\d{1,7}|([ -])\d{6}\2\d{4,5})(?![\w,\-/=#%&@]|\.\d)/g;
const IBAN = /(?<![\w+/=.-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\w+/=-])/g;
/** Names of fields that hold numbers of other kinds, which pass the digit sum one time in ten. */
const OTHER_NUMBER =
  /(?:^|[^a-z])(?:ean|gtin|upc|isbn|sku|barcode|imei|iccid|msisdn|phone|mobile|fax|timestamp|time|date|created|updated|ts|nonce|hash|seed|offset|width|height|size|length|version|build|lat|lng|lon|latitude|longitude|tracking|trackid|traceid|spanid|requestid|correlationid|eventid|deviceid|visitorid|clientid|facebook|fbid|tweet)(?:$|[^a-z])/i;
/** An id names a record; only a field that also speaks of cards or accounts is looked at. */
const IDENTIFIER = /(?:^|[^a-z])(?:id|uid|uuid|guid|key|ref|reference|number|no)$/i;
const ABOUT_CARDS = /card|pan\b|payment|credit|debit|account|iban|bank/i;

/** "orderId" → "order Id", so that names are matched by their words. */
const words = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ');

interface Place {
  readonly part: EvidencePart;
  readonly parameter: string;
  readonly offset: number;
}

function* cardsIn(
  text: string,
  name: string,
  bare: boolean,
  { part, parameter, offset }: Place,
): Iterable<FindingDraft> {
  const named = words(name);
  if (OTHER_NUMBER.test(named)) return;
  for (const found of text.matchAll(CARD)) {
    const grouped = found[1] !== undefined || found[2] !== undefined;
    // Ungrouped digits that are all of an id field, or a bare JSON number, are a record's number unless the name speaks of cards.
    if (!grouped && (bare || IDENTIFIER.test(named)) && !ABOUT_CARDS.test(parameter)) continue;
    const issuer = cardIssuer(found[0].replace(/[ -]/g, ''));
    if (issuer === undefined) continue;
    const start = offset + found.index;
    yield {
      parameter,
      detail: `A ${issuer} card number stands in the ${part.replace('-', ' ')}.`,
      evidence: [{ part, start, end: start + found[0].length }],
    };
  }
}

function* ibansIn(text: string, { part, parameter, offset }: Place): Iterable<FindingDraft> {
  for (const found of text.matchAll(IBAN)) {
    if (!isIban(found[0].replaceAll(' ', ''))) continue;
    const start = offset + found.index;
    yield {
      parameter,
      detail: `A bank account number (IBAN) stands in the ${part.replace('-', ' ')}.`,
      evidence: [{ part, start, end: start + found[0].length }],
      severity: 'medium',
    };
  }
}

function* inText(text: string, name: string, bare: boolean, place: Place): Iterable<FindingDraft> {
  yield* cardsIn(text, name, bare, place);
  yield* ibansIn(text, place);
}

/** HTML without what is not shown to people: scripts and styles are blanked so that offsets stay. */
const visible = (html: string) =>
  html.replace(/<(script|style|svg)\b[^>]*>[\s\S]*?<\/\1\s*>|<[^>]*>/gi, (hidden) =>
    ' '.repeat(hidden.length),
  );

function* inFreeText(
  part: 'request-body' | 'response-body',
  { text, mime }: CheckBody,
): Iterable<FindingDraft> {
  if (text === undefined || isJson(mime) || /form|javascript|ecmascript|css|font|svg/.test(mime ?? ''))
    return;
  const shown = mime === 'text/html' || mime === 'application/xhtml+xml' ? visible(text) : text;
  yield* inText(shown, '', false, { part, parameter: 'body', offset: 0 });
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  if (input.session.row.kind === 'tunnel') return;
  for (const { place, part, name, path, value, numeric, start, end } of parameters(input)) {
    if (place === 'header') continue;
    const raw = {
      'request-head': input.requestHead,
      'response-head': input.responseHead,
      'request-body': input.request.text ?? '',
      'response-body': input.response.text ?? '',
    }[part];
    const stands = raw.slice(start, end);
    // Escapes would move offsets; a value with any is read as it stands, which still finds plain digits.
    const bare = numeric || /^\d+$/.test(value);
    yield* inText(place === 'form' || place === 'query' ? stands.replaceAll('+', ' ') : stands, name, bare, {
      part,
      parameter: path,
      offset: start,
    });
  }
  yield* inFreeText('request-body', input.request);
  yield* inFreeText('response-body', input.response);
}

export const personalData: Check = {
  info: {
    id: 'personal-data',
    title: 'Card or bank account number',
    severity: 'high',
    cwe: [359, 311],
    owasp: ['API3:2023 Broken Object Property Level Authorization'],
    what: 'A message holds a whole payment card number (issuer range and check digit are right) or a valid IBAN.',
    why: 'Whoever sees, logs or caches the message holds payment data; PCI DSS forbids showing a full card number to those who need only its last digits.',
    fix: 'Send the last four digits or a token of the payment provider, leave the number out of answers, and keep it out of URLs, logs and analytics.',
    references: [
      'https://cwe.mitre.org/data/definitions/359.html',
      'https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/',
    ],
  },
  confidence: 'high',
  run,
};
