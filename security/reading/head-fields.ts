/**
 * Header fields of a session by name, with the ranges of their values, and the few facts about a message that half of the checks ask for.
 * Read once for all checks of a session.
 */
import type { Evidence } from '#model/finding.ts';
import type { CheckInput } from '../check.ts';

export interface Field {
  /** As it stood. */
  readonly name: string;
  readonly value: string;
  /** Of the value. */
  readonly evidence: Evidence;
}

type Fields = ReadonlyMap<string, readonly Field[]>;

export interface Facts {
  /** By lower-case name, in wire order. */
  readonly request: Fields;
  readonly response: Fields;
  readonly method: string;
  /** 0 when there was no response. */
  readonly status: number;
  readonly success: boolean;
  readonly redirect: boolean;
  /** https or wss. */
  readonly secure: boolean;
  readonly url: URL | undefined;
  /** Of the response's body, by its type and, where that does not say, by its looks. */
  readonly html: boolean;
  readonly script: boolean;
  readonly style: boolean;
}

function fieldsOf(head: string, part: 'request-head' | 'response-head'): Fields {
  const fields = new Map<string, Field[]>();
  let at = head.indexOf('\r\n') + 2;
  while (at > 1 && at < head.length) {
    const end = head.indexOf('\r\n', at);
    if (end <= at) break;
    const colon = head.indexOf(':', at);
    if (colon > at && colon < end) {
      const name = head.slice(at, colon);
      const from = head[colon + 1] === ' ' ? colon + 2 : colon + 1;
      const field = { name, value: head.slice(from, end), evidence: { part, start: from, end } };
      const key = name.toLowerCase();
      const known = fields.get(key);
      if (known === undefined) fields.set(key, [field]);
      else known.push(field);
    }
    at = end + 2;
  }
  return fields;
}

const LOOKS_LIKE_HTML = /^\s{0,200}(?:<!--[\s\S]{0,500}?-->\s{0,100})?<(?:!doctype html|html|head|body)\b/i;

function read(input: CheckInput): Facts {
  const { session, response } = input;
  const { row } = session;
  const mime = response.mime ?? '';
  const status = session.response?.head.status ?? 0;
  return {
    request: fieldsOf(input.requestHead, 'request-head'),
    response: fieldsOf(input.responseHead, 'response-head'),
    method: row.method.toUpperCase(),
    status,
    success: status >= 200 && status < 300,
    redirect: status >= 300 && status < 400 && status !== 304,
    secure: row.scheme === 'https' || row.scheme === 'wss',
    url: URL.parse(row.url) ?? undefined,
    html:
      mime === 'text/html' ||
      mime === 'application/xhtml+xml' ||
      (mime === '' && LOOKS_LIKE_HTML.test((response.text ?? '').slice(0, 1000))),
    script: /(?:java|ecma)script$/.test(mime),
    style: mime === 'text/css',
  };
}

const cache = new WeakMap<CheckInput, Facts>();

export function factsOf(input: CheckInput): Facts {
  let facts = cache.get(input);
  if (facts === undefined) {
    facts = read(input);
    cache.set(input, facts);
  }
  return facts;
}

/** The first field of a lower-case name. */
export const requestField = (input: CheckInput, name: string) => factsOf(input).request.get(name)?.[0];
export const responseField = (input: CheckInput, name: string) => factsOf(input).response.get(name)?.[0];

/** Evidence that something is not there: the line that begins the response. */
export const statusLine = ({ responseHead }: CheckInput): Evidence => ({
  part: 'response-head',
  start: 0,
  end: Math.max(0, responseHead.indexOf('\r\n')),
});

/** The same of the request. */
export const requestLine = ({ requestHead }: CheckInput): Evidence => ({
  part: 'request-head',
  start: 0,
  end: Math.max(0, requestHead.indexOf('\r\n')),
});
