/**
 * What a session carries by name: query parameters, header fields, cookies, form fields, JSON values of bodies and of messages; each with
 * the byte range of its value. One reading, shared by all checks of a session.
 */
import type { Evidence, EvidencePart } from '#model/finding.ts';
import { headerValue, parseMediaType } from '#model/headers.ts';
import type { BodySide } from '#model/session.ts';
import type { CheckBody, CheckInput } from '../check.ts';
import { multipartFields, urlEncodedFields } from './form-fields.ts';
import { jsonLeaves } from './json-leaves.ts';
import { jsonStart, messageEvidence } from './messages.ts';

export type ParameterPlace = 'query' | 'header' | 'cookie' | 'set-cookie' | 'form' | 'json';

export interface Parameter {
  readonly evidence: Evidence;
  /** Whose it is: the client's (request) or the server's (response). */
  readonly side: BodySide;
  readonly place: ParameterPlace;
  /** As a finding names it: JSON path, field, header or cookie name. */
  readonly path: string;
  /** The last part of the path, which says what the value is. */
  readonly name: string;
  /** Decoded. */
  readonly value: string;
  /** As it stands, one unit for each byte of the evidence. */
  readonly raw: string;
}

/** Beyond this many a message is data, not parameters; checks of free text still see all of it. */
const MAX_PARAMETERS = 100_000;

const cache = new WeakMap<CheckInput, readonly Parameter[]>();

/** Every parameter in order: request line, request fields, request body, response fields, response body, messages. */
export function parameters(input: CheckInput): readonly Parameter[] {
  const known = cache.get(input);
  if (known !== undefined) return known;
  const found: Parameter[] = [];
  queryOf(input, found);
  headParameters('request-head', input.requestHead, found);
  bodyParameters('request-body', input, found);
  headParameters('response-head', input.responseHead, found);
  bodyParameters('response-body', input, found);
  messageParameters(input, found);
  if (found.length > MAX_PARAMETERS) found.length = MAX_PARAMETERS;
  cache.set(input, found);
  return found;
}

const isJson = (mime: string | undefined) =>
  mime !== undefined &&
  /^(?:application|text)\/(?:[a-z0-9.-]+\+)?(?:json|x-json|problem\+json|graphql-response\+json)$/.test(mime);

/** Whether the body is JSON by its type, or by its looks where browsers send JSON without saying so (no type, or text/plain). */
export const isJsonBody = ({ mime, text }: CheckBody) =>
  isJson(mime) || ((mime === undefined || mime === 'text/plain') && /^\s{0,100}[{[]/.test(text ?? ''));

const hasRoom = (into: readonly Parameter[]) => into.length < MAX_PARAMETERS;

/** Adds while there is room. */
function put(into: Parameter[], parameter: Parameter): void {
  if (hasRoom(into)) into.push(parameter);
}

type Part = Exclude<EvidencePart, 'message'>;

const sideOf = (part: Part): BodySide => (part.startsWith('request') ? 'request' : 'response');

interface Field {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A field of `text`, which begins at `offset` of its part. */
function named(
  part: Part,
  place: ParameterPlace,
  { name, value, start, end }: Field,
  text: string,
  offset = 0,
) {
  const evidence = { part, start, end };
  const raw = text.slice(start - offset, end - offset);
  return { evidence, side: sideOf(part), place, path: name, name, value, raw } satisfies Parameter;
}

function queryOf({ requestHead }: CheckInput, into: Parameter[]): void {
  const lineEnd = requestHead.indexOf('\r\n');
  const question = requestHead.indexOf('?');
  if (question < 0 || question > lineEnd) return;
  const targetEnd = requestHead.lastIndexOf(' ', lineEnd);
  const query = requestHead.slice(question + 1, targetEnd > question ? targetEnd : lineEnd);
  for (const field of urlEncodedFields(query, question + 1)) {
    put(into, named('request-head', 'query', field, requestHead));
  }
}

function headParameters(part: 'request-head' | 'response-head', head: string, into: Parameter[]): void {
  let at = head.indexOf('\r\n') + 2;
  while (at > 1 && at < head.length) {
    const end = head.indexOf('\r\n', at);
    const colon = head.indexOf(': ', at);
    if (end < 0) return;
    if (colon >= 0 && colon < end) {
      const name = head.slice(at, colon);
      const start = colon + 2;
      const value = head.slice(start, end);
      const key = name.toLowerCase();
      into.push(named(part, 'header', { name, value, start, end }, head));
      if (key === 'cookie' && part === 'request-head') cookies(part, 'cookie', value, start, into);
      if (key === 'set-cookie' && part === 'response-head') {
        cookies(part, 'set-cookie', value.split(';', 1)[0] ?? '', start, into);
      }
    }
    at = end + 2;
  }
}

function cookies(part: Part, place: ParameterPlace, text: string, offset: number, into: Parameter[]): void {
  let at = 0;
  for (const pair of text.split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0) {
      const value = pair.slice(equals + 1);
      const start = offset + at + equals + 1;
      const name = pair.slice(0, equals).trim();
      into.push(named(part, place, { name, value, start, end: start + value.length }, text, offset));
    }
    at += pair.length + 1;
  }
}

function bodyParameters(part: 'request-body' | 'response-body', input: CheckInput, into: Parameter[]): void {
  const body = part === 'request-body' ? input.request : input.response;
  const { text, mime } = body;
  if (text === undefined || text === '') return;
  if (mime === 'application/x-www-form-urlencoded') {
    for (const field of urlEncodedFields(text)) put(into, named(part, 'form', field, text));
  } else if (mime === 'multipart/form-data') {
    const head = part === 'request-body' ? input.session.request.head : input.session.response?.head;
    const boundary = parseMediaType(headerValue(head?.headers ?? [], 'content-type'))?.parameters.get(
      'boundary',
    );
    for (const field of multipartFields(text, boundary ?? '')) put(into, named(part, 'form', field, text));
  } else if (isXml(mime)) {
    xmlParameters(part, text, into);
  } else if (isJsonBody(body)) {
    const evidence = (start: number, end: number) => ({ part, start, end });
    jsonParameters(text, sideOf(part), evidence, into);
  }
}

const isXml = (mime: string | undefined) =>
  mime !== undefined && /(?:^|[/+])xml$/.test(mime) && !/svg/.test(mime);

/** Elements that hold text alone, by their names; told as JSON values are, for checks ask what a value is called and not how it is written. */
function xmlParameters(part: 'request-body' | 'response-body', text: string, into: Parameter[]): void {
  for (const found of text.matchAll(
    /<([A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})(?:\s[^<>]{0,200})?>([^<>]{1,2000})<\//g,
  )) {
    const [whole, , name = '', raw = ''] = found;
    const start = found.index + whole.length - 2 - raw.length;
    const value = Buffer.from(raw.trim(), 'latin1').toString('utf8');
    if (value === '') continue;
    if (!hasRoom(into)) return;
    into.push({
      evidence: { part, start, end: start + raw.length },
      side: sideOf(part),
      place: 'json',
      path: name,
      name,
      value,
      raw,
    });
  }
}

/** Arguments that stand in a GraphQL query itself, as `login(password: "…")`; `text` is the query as it is written in JSON. */
function graphqlArguments(
  text: string,
  side: BodySide,
  at: number,
  evidence: (start: number, end: number) => Evidence,
  into: Parameter[],
): void {
  for (const found of text.matchAll(/([A-Za-z_]\w{0,60})\s{0,5}:\s{0,5}\\?"([^"\\]{1,500})\\?"/g)) {
    const [whole, name = '', raw = ''] = found;
    const start = at + found.index + whole.lastIndexOf(raw);
    into.push({
      evidence: evidence(start, start + raw.length),
      side,
      place: 'json',
      path: `query.${name}`,
      name,
      value: raw,
      raw,
    });
  }
}

function jsonParameters(
  text: string,
  side: BodySide,
  evidence: (start: number, end: number) => Evidence,
  into: Parameter[],
): void {
  for (const { path, key, value, start, end } of jsonLeaves(text)) {
    if (!hasRoom(into)) return;
    const raw = text.slice(start, end);
    into.push({ evidence: evidence(start, end), side, place: 'json', path, name: key, value, raw });
    if (side === 'request' && key === 'query' && /^\s{0,20}(?:query|mutation|subscription|\{)/.test(value)) {
      graphqlArguments(raw, side, start, evidence, into);
    }
  }
}

function messageParameters({ messages }: CheckInput, into: Parameter[]): void {
  for (const message of messages) {
    const from = jsonStart(message.text);
    if (from === undefined) continue;
    const evidence = (start: number, end: number) => messageEvidence(message, from + start, from + end);
    jsonParameters(message.text.slice(from), message.side, evidence, into);
  }
}
