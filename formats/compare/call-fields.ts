/**
 * One call as a flat list of fields with names that people can ignore by: "status", "query.page", "request.header.accept",
 * "response.body.items[0].price". What two calls are compared by. Pure: the workbench imports it.
 */

import type { Headers } from '#model/headers.ts';
import { endpointOf } from '#model/path-template.ts';
import type { Message, Session, SessionRow } from '#model/session.ts';

/** A session with its bodies decoded; a body over what is compared is left out. */
export interface CallContent {
  readonly session: Session;
  readonly requestBody: Uint8Array;
  readonly responseBody: Uint8Array;
  readonly messages: readonly Message[];
}

/** Values as text, JSON's as JSON writes them. */
export type Fields = ReadonlyMap<string, string>;

/** More fields than this of one body are compared as one text. */
const MOST_LEAVES = 20_000;
const MOST_MESSAGES = 200;
const MAX_DEPTH = 100;
/** A text up to this length is compared and shown as it is, a longer one by its hash. */
const MOST_TEXT = 2000;

/** What calls are matched by: the endpoint, and within it what was asked for exactly. */
export interface CallKey {
  readonly id: number;
  readonly endpoint: string;
  readonly target: string;
}

export const callKey = (row: SessionRow): CallKey => ({
  id: row.id,
  endpoint: endpointOf(row),
  target: row.path,
});

/** A short name for a content: FNV-1a twice, 64 bits in hex. No protection against who wants two to be alike. */
export function contentHash(bytes: Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x85ebca6b) ^ (b >>> 13);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

function headerFields(fields: Map<string, string>, prefix: string, headers: Headers): void {
  for (const [name, value] of headers) {
    const field = `${prefix}.header.${name.toLowerCase()}`;
    const before = fields.get(field);
    fields.set(field, before === undefined ? value : `${before}, ${value}`);
  }
}

function parameterFields(fields: Map<string, string>, prefix: string, text: string): void {
  for (const [name, value] of new URLSearchParams(text)) {
    const field = `${prefix}.${name}`;
    const before = fields.get(field);
    fields.set(field, before === undefined ? value : `${before}, ${value}`);
  }
}

/** The leaves of a JSON value; false when there are too many. Empty objects and arrays are leaves. */
function jsonFields(fields: Map<string, string>, prefix: string, root: unknown): boolean {
  const waiting: [path: string, value: unknown, depth: number][] = [[prefix, root, 0]];
  let leaves = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [path, value, depth] = next;
    const children = Array.isArray(value)
      ? value.map((item, i): [string, unknown] => [`${path}[${i}]`, item])
      : typeof value === 'object' && value !== null
        ? Object.entries(value).map(([key, item]): [string, unknown] => [`${path}.${key}`, item])
        : [];
    if (children.length > 0 && depth < MAX_DEPTH) {
      for (const [name, item] of children.reverse()) waiting.push([name, item, depth + 1]);
      continue;
    }
    leaves += 1;
    if (leaves > MOST_LEAVES) return false;
    fields.set(path, JSON.stringify(value));
  }
  return true;
}

function bodyFields(fields: Map<string, string>, prefix: string, bytes: Uint8Array, mime: string): void {
  if (bytes.length === 0) return;
  let text: string | undefined;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not text: compared as octets.
  }
  if (text === undefined) {
    fields.set(prefix, `${bytes.length} bytes, ${contentHash(bytes)}`);
    return;
  }
  if (mime === 'application/x-www-form-urlencoded') {
    parameterFields(fields, prefix, text);
    return;
  }
  if (/^\s*[{[]/.test(text)) {
    try {
      const leaves = new Map<string, string>();
      if (jsonFields(leaves, prefix, JSON.parse(text))) {
        for (const [name, value] of leaves) fields.set(name, value);
        return;
      }
    } catch {
      // Text that only begins like JSON.
    }
  }
  fields.set(prefix, text.length <= MOST_TEXT ? text : `${text.length} characters, ${contentHash(bytes)}`);
}

const mimeOf = (headers: Headers) =>
  headers
    .find(([name]) => name.toLowerCase() === 'content-type')?.[1]
    .split(';', 1)[0]
    ?.trim()
    .toLowerCase() ?? '';

/** All fields of a call, in the order in which they are shown. */
export function callFields({ session, requestBody, responseBody, messages }: CallContent): Fields {
  const { row, request, response, failure } = session;
  const fields = new Map<string, string>();
  if (response !== undefined) fields.set('status', String(response.head.status));
  if (failure !== undefined) fields.set('failure', failure.code);
  const question = row.path.indexOf('?');
  if (question >= 0) parameterFields(fields, 'query', row.path.slice(question + 1));
  headerFields(fields, 'request', request.head.headers);
  bodyFields(fields, 'request.body', requestBody, mimeOf(request.head.headers));
  if (response !== undefined) {
    headerFields(fields, 'response', response.head.headers);
    bodyFields(fields, 'response.body', responseBody, mimeOf(response.head.headers));
  }
  if (messages.length > 0) fields.set('messages', String(messages.length));
  for (const { index, direction, data } of messages.slice(0, MOST_MESSAGES)) {
    bodyFields(fields, `message[${index}].${direction}`, data, '');
  }
  return fields;
}
