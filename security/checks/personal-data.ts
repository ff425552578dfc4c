/**
 * Personal data in messages: where it goes, in which field. Payment card and bank account numbers, official numbers, and, as no more than
 * information, addresses, phones, dates of birth and positions in answers. A check digit is right by chance one time in
 * ten, so digits alone are never enough: they must be grouped as on a card, or stand where cards are spoken of.
 */
import type { Evidence, EvidencePart } from '#model/finding.ts';
import type { BodySide, Severity } from '#model/session.ts';
import type { Check, CheckBody, CheckInput, CheckMessage, FindingDraft } from '../check.ts';
import { cardIssuer, isTestCard } from '../reading/card-number.ts';
import { ibanAt } from '../reading/iban.ts';
import { jsonStart, messageEvidence } from '../reading/messages.ts';
import { isJsonBody, parameters } from '../reading/parameters.ts';
import { visibleHtml } from '../reading/visible-html.ts';
import { API, TOP } from '../taxonomy.ts';

/** 14 to 16 digits, or groups of them with one kind of separator; not part of a longer number, decimal, version, id or word. */
const CARD =
  /(?<![\w.,+\-/=#%&:@]|\d )(?:\d{14,16}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}|\d{4}([ -])\d{6}\2\d{4,5})(?![\w\-/=#%&@]|[.,]\d| \d)/g;
/** Names of fields that hold numbers of other kinds. */
const OTHER_NUMBER =
  /\b(?:ean|gtin|upc|isbn|sku|barcode|imei|iccid|msisdn|phone|mobile|fax|timestamp|time|date|created|updated|ts|nonce|hash|seed|offset|width|height|size|length|version|build|lat|lng|lon|latitude|longitude|tracking|trackid|trace|span|request|correlation|event|device|visitor|facebook|fbid|tweet)\b/i;
const ABOUT_CARDS =
  /card|payment|checkout|billing|\b(?:pan|cc|ccnum|ccnumber|credit|debit|visa|mastercard|amex|maestro|kreditkarte)\b/i;
const ABOUT_TESTS = /\b(?:tests?|testing|examples?|samples?|sandbox|demo|dummy)\b/i;
/** How far before digits in free text a word about cards may stand. */
const CONTEXT = 60;

/** "orderId" → "order Id", so that names are matched by their words. */
const words = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ');

/** Where a text stands. */
interface Place {
  readonly parameter: string;
  /** In words. */
  readonly where: string;
  readonly severity: Severity;
  /** Evidence for [start, end) of the text. */
  readonly evidence: (start: number, end: number) => Evidence;
}

/** `likely`: whether ungrouped digits at a position may be a card's, for where they stand. */
function* cardsIn(
  text: string,
  likely: (at: number, digits: string) => boolean,
  place: Place,
  isExample: (at: number, digits: string) => boolean = () => false,
): Iterable<FindingDraft> {
  for (const found of text.matchAll(CARD)) {
    const digits = found[0].replace(/[ -]/g, '');
    const issuer = cardIssuer(digits);
    if (issuer === undefined) continue;
    const grouped = found[0].length > digits.length;
    if ((!grouped && !likely(found.index, digits)) || isExample(found.index, digits)) continue;
    yield draft(`A ${issuer} card number`, found.index, found[0].length, place);
  }
}

function* ibansIn(text: string, place: Place): Iterable<FindingDraft> {
  for (const found of text.matchAll(/(?<![\w+/=.-])[A-Z]{2}\d{2}(?= ?[A-Z0-9])/g)) {
    const length = ibanAt(text, found.index);
    if (length > 0) yield draft('A bank account number (IBAN)', found.index, length, place);
  }
}

function draft(what: string, at: number, length: number, place: Place): FindingDraft {
  const { parameter, where, severity } = place;
  return {
    parameter,
    detail: `${what} stands in ${where}.`,
    evidence: [place.evidence(at, at + length)],
    severity,
  };
}

/** In a URL it reaches logs, in an answer whoever gets it; that what the client sends holds one is what paying looks like. */
const severityOf = (side: BodySide, part: EvidencePart): Severity =>
  side === 'request' && part !== 'request-head' ? 'medium' : 'high';

const wordsOf = (part: EvidencePart, side: BodySide) =>
  part === 'message'
    ? `a message of the ${side === 'request' ? 'client' : 'server'}`
    : `the ${part.replace('-', ' ')}`;

function* inParameters(input: CheckInput): Iterable<FindingDraft> {
  const spokenOfInPath = ABOUT_CARDS.test(words(input.session.row.path.split('?', 1)[0] ?? ''));
  for (const { place, evidence, side, name, path, raw } of parameters(input)) {
    if (place === 'header' || raw.length < 14) continue;
    // As it stands, so that offsets are bytes: escapes hide nothing that is digits and blanks.
    const text =
      place === 'form' || place === 'query' ? raw.replaceAll('+', ' ').replaceAll('%20', '   ') : raw;
    const { part, start: from } = evidence;
    const where: Place = {
      parameter: path,
      where: wordsOf(part, side),
      severity: severityOf(side, part),
      evidence: (start, end) => ({ ...evidence, start: from + start, end: from + end }),
    };
    yield* ibansIn(text, where);
    if (OTHER_NUMBER.test(words(name))) continue;
    const named = ABOUT_CARDS.test(words(path));
    const record = /\b(?:id|uid|key|ref|reference)$/i.test(words(name));
    yield* cardsIn(
      text,
      (at, digits) => named || (!record && (spokenOfInPath || isTestCard(digits))) || spokenBefore(text, at),
      where,
    );
  }
}

const spokenBefore = (text: string, at: number) =>
  ABOUT_CARDS.test(text.slice(Math.max(0, at - CONTEXT), at));

function* inBody(side: BodySide, body: CheckBody): Iterable<FindingDraft> {
  const { text, mime } = body;
  if (text === undefined || isJsonBody(body) || /form|javascript|ecmascript|css/.test(mime ?? '')) return;
  const shown = mime === 'text/html' || mime === 'application/xhtml+xml' ? visibleHtml(text) : text;
  const part = `${side}-body` as const;
  yield* inFreeText(shown, {
    parameter: 'body',
    where: wordsOf(part, side),
    severity: severityOf(side, part),
    evidence: (start, end) => ({ part, start, end }),
  });
}

function* inMessage(message: CheckMessage): Iterable<FindingDraft> {
  const { text, side } = message;
  if (jsonStart(text) !== undefined) return;
  yield* inFreeText(text, {
    parameter: 'message',
    where: wordsOf('message', side),
    severity: severityOf(side, 'message'),
    evidence: (start, end) => messageEvidence(message, start, end),
  });
}

function* inFreeText(text: string, place: Place): Iterable<FindingDraft> {
  const likely = (at: number, digits: string) => isTestCard(digits) || spokenBefore(text, at);
  // Documentation tells the numbers to test with.
  const isExample = (at: number, digits: string) =>
    isTestCard(digits) && ABOUT_TESTS.test(text.slice(Math.max(0, at - CONTEXT), at));
  yield* cardsIn(text, likely, place, isExample);
  yield* ibansIn(text, place);
}

const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/i;
/** Addresses of the service itself. */
const OWN_ADDRESS =
  /^(?:no-?reply|support|info|contact|hello|admin|sales|help|team|office|press|privacy|legal|postmaster|webmaster|security|abuse)@/i;
const PHONE_NAME =
  /^(?:(?:home|work|mobile|cell|contact|customer|user)_?)?(?:phone|mobile|cell|tel|telephone|msisdn)(?:_?(?:number|no))?$/i;
const BIRTH_NAME = /^(?:dob|date_?of_?birth|birth_?(?:date|day)|birthday|born(?:_?on)?)$/i;
const SSN_NAME =
  /ssn|social_?security|national_?(?:id|insurance)|nino|tax_?(?:id|payer)|passport|driver'?s?_?licen[cs]e|personal_?(?:id|number)|aadhaar|cpf|id_?number/i;
const SSN = /^(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/;
const LATITUDE = /^lat(?:itude)?$/i;

/** What a value is by its name and form: of people, but not to be kept as secret as a card. */
function kindOf(name: string, value: string): readonly [string, Severity] | undefined {
  if (SSN.test(value) || (SSN_NAME.test(name) && /^(?=.*\d{4})[A-Z0-9][A-Z0-9 .-]{5,20}$/i.test(value))) {
    return ['An official number of a person', 'medium'];
  }
  if (EMAIL.test(value) && !OWN_ADDRESS.test(value)) return ['An e-mail address', 'info'];
  if (PHONE_NAME.test(name) && /^\+?[\d][\d ()./-]{6,20}$/.test(value)) return ['A phone number', 'info'];
  if (BIRTH_NAME.test(name) && /^(?:(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d)/.test(value))
    return ['A date of birth', 'info'];
  return LATITUDE.test(name) && /^-?\d{1,2}\.\d{4,}$/.test(value)
    ? ['A precise position', 'info']
    : undefined;
}

function* ofPeople(input: CheckInput): Iterable<FindingDraft> {
  for (const { side, place, name, path, value, evidence } of parameters(input)) {
    if (side !== 'response' || place !== 'json' || value.length < 6 || value.length > 254) continue;
    const kind = kindOf(name, value);
    if (kind === undefined) continue;
    const [what, severity] = kind;
    const parameter = path.replace(/\[\d+\]/g, '[]');
    yield {
      parameter,
      detail: `${what} stands in ${wordsOf(evidence.part, side)}.`,
      evidence: [evidence],
      severity,
    };
  }
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  yield* inParameters(input);
  yield* ofPeople(input);
  yield* inBody('request', input.request);
  yield* inBody('response', input.response);
  for (const message of input.messages) yield* inMessage(message);
}

export const personalData: Check = {
  info: {
    id: 'personal-data',
    title: 'Personal data',
    severity: 'high',
    cwe: [359, 311],
    owasp: [API[3], TOP[2]],
    what: 'A message holds a whole payment card number (issuer range and check digit are right), a valid IBAN, an official number, or an e-mail address, phone number, date of birth or position.',
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
