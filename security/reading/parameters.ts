/**
 * What a message carries by name: query parameters, header fields, cookies, form fields, JSON values; each with the byte range of its
 * value. One reading, shared by all checks of a session.
 */
import type { EvidencePart } from '#model/finding.ts';
import { headerValue, parseMediaType } from '#model/headers.ts';
import type { CheckBody, CheckInput } from '../check.ts';
import { multipartFields, urlEncodedFields } from './form-fields.ts';
import { jsonLeaves } from './json-leaves.ts';

export type ParameterPlace = 'query' | 'header' | 'cookie' | 'set-cookie' | 'form' | 'json';

export interface Parameter {
  readonly part: EvidencePart;
  readonly place: ParameterPlace;
  /** As a finding names it: JSON path, field, header or cookie name. */
  readonly path: string;
  /** The last part of the path, which says what the value is. */
  readonly name: string;
  readonly value: string;
  /** A JSON number rather than a string. */
  readonly numeric: boolean;
  readonly start: number;
  readonly end: number;
}

/** Beyond this many a message is data, not parameters; checks of free text still see all of it. */
const MAX_PARAMETERS = 100_000;

const cache = new WeakMap<CheckInput, readonly Parameter[]>();

/** Every parameter of both messages: request line, request fields, request body, response fields, response body. */
export function parameters(input: CheckInput): readonly Parameter[] {
  const known = cache.get(input);
  if (known !== undefined) return known;
  const found: Parameter[] = [];
  for (const parameter of read(input)) {
    found.push(parameter);
    if (found.length >= MAX_PARAMETERS) break;
  }
  cache.set(input, found);
  return found;
}

const isJson = (mime: string | undefined) =>
  mime !== undefined &&
  /^(?:application|text)\/(?:[a-z0-9.-]+\+)?(?:json|x-json|problem\+json|graphql-response\+json)$/.test(mime);

/** Whether the body is JSON by its type, or by its looks where browsers send JSON without saying so (no type, or text/plain). */
export const isJsonBody = ({ mime, text }: CheckBody) =>
  isJson(mime) || ((mime === undefined || mime === 'text/plain') && /^\s{0,100}[{[]/.test(text ?? ''));

function* read(input: CheckInput): Generator<Parameter> {
  yield* queryOf(input);
  yield* headParameters('request-head', input.requestHead);
  yield* bodyParameters('request-body', input);
  yield* headParameters('response-head', input.responseHead);
  yield* bodyParameters('response-body', input);
}

function named(
  part: EvidencePart,
  place: ParameterPlace,
  field: { name: string; value: string; start: number; end: number },
) {
  const { name, value, start, end } = field;
  return { part, place, path: name, name, value, numeric: false, start, end } satisfies Parameter;
}

function* queryOf({ requestHead }: CheckInput): Generator<Parameter> {
  const lineEnd = requestHead.indexOf('\r\n');
  const question = requestHead.indexOf('?');
  if (question < 0 || question > lineEnd) return;
  const targetEnd = requestHead.lastIndexOf(' ', lineEnd);
  const query = requestHead.slice(question + 1, targetEnd > question ? targetEnd : lineEnd);
  for (const field of urlEncodedFields(query, question + 1)) yield named('request-head', 'query', field);
}

function* headParameters(part: 'request-head' | 'response-head', head: string): Generator<Parameter> {
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
      yield named(part, 'header', { name, value, start, end });
      if (key === 'cookie' && part === 'request-head') yield* cookies(part, 'cookie', value, start);
      if (key === 'set-cookie' && part === 'response-head') {
        yield* cookies(part, 'set-cookie', value.split(';', 1)[0] ?? '', start);
      }
    }
    at = end + 2;
  }
}

function* cookies(
  part: EvidencePart,
  place: ParameterPlace,
  text: string,
  offset: number,
): Generator<Parameter> {
  let at = 0;
  for (const pair of text.split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0) {
      const value = pair.slice(equals + 1);
      const start = offset + at + equals + 1;
      yield named(part, place, {
        name: pair.slice(0, equals).trim(),
        value,
        start,
        end: start + value.length,
      });
    }
    at += pair.length + 1;
  }
}

function* bodyParameters(part: 'request-body' | 'response-body', input: CheckInput): Generator<Parameter> {
  const body = part === 'request-body' ? input.request : input.response;
  const { text, mime } = body;
  if (text === undefined || text === '') return;
  if (mime === 'application/x-www-form-urlencoded') {
    for (const field of urlEncodedFields(text)) yield named(part, 'form', field);
  } else if (mime === 'multipart/form-data') {
    const head = part === 'request-body' ? input.session.request.head : input.session.response?.head;
    const boundary = parseMediaType(headerValue(head?.headers ?? [], 'content-type'))?.parameters.get(
      'boundary',
    );
    for (const field of multipartFields(text, boundary ?? '')) yield named(part, 'form', field);
  } else if (isJsonBody(body)) {
    for (const { path, key, kind, value, start, end } of jsonLeaves(text)) {
      yield { part, place: 'json', path, name: key, value, numeric: kind === 'number', start, end };
    }
  }
}
