/**
 * A request out of somebody's file or clipboard, for the composer: what the readers of cURL, .http, Postman and OpenAPI give. Every request
 * passes `importedRequest`, so that a hostile file can put nothing into one that a person could not have typed. Nothing is ever sent by
 * reading.
 */
import { SluiceError } from '#model/errors.ts';
import type { Losses } from '../losses.ts';
import { utf8ByteString } from '../octets.ts';

/** Name and value are byte strings. */
export interface ImportedHeader {
  readonly name: string;
  readonly value: string;
  /** False: in the file, but switched off. */
  readonly on: boolean;
}

export interface ImportedRequest {
  /** For lists; may be empty. */
  readonly name: string;
  /** The folders it stood in, outermost first. */
  readonly folder: readonly string[];
  readonly method: string;
  /** Without fragment, no character outside printable ASCII. May still have `{{variables}}` in it. */
  readonly url: string;
  readonly headers: readonly ImportedHeader[];
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What a reader found; all but method and address may be left out. Names and values of headers are byte strings. */
export interface RequestParts {
  readonly name?: string;
  readonly folder?: readonly string[];
  readonly method: string;
  readonly url: string;
  readonly headers?: readonly ImportedHeader[];
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** Files beyond this are no collection of requests. */
export const MOST_BYTES = 32 * 1024 * 1024;
export const MOST_REQUESTS = 10_000;
const MOST_HEADERS = 1000;
const MOST_NAME = 200;

/** RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** @throws SluiceError `too-large` */
export function checkSize(text: string): void {
  if (text.length <= MOST_BYTES) return;
  throw new SluiceError(
    'too-large',
    `Requests are read from files of up to ${MOST_BYTES} characters; split this one.`,
  );
}

/** @throws SluiceError `too-large` when one more would be too many */
export function checkCount(already: number): void {
  if (already < MOST_REQUESTS) return;
  throw new SluiceError('too-large', `The file has more than ${MOST_REQUESTS} requests; split it.`);
}

/** An address that a request may have: nothing invisible in it, characters outside ASCII as the octets of their UTF-8 form. */
export function cleanUrl(url: string): string {
  const [whole = ''] = url.trim().split('#', 1);
  return utf8ByteString(whole).replace(
    /[^!-~]/g,
    (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

const oneLine = (text: string) =>
  text
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, MOST_NAME);

/** The request, with what cannot stand in one left out and told to `losses`. */
export function importedRequest(parts: RequestParts, losses: Losses): ImportedRequest {
  const method = TOKEN.test(parts.method) ? parts.method : 'GET';
  if (method !== parts.method) losses.add('method that is none', oneLine(parts.method));
  const given = parts.headers ?? [];
  if (given.length > MOST_HEADERS) losses.add('headers beyond the first 1000');
  const headers: ImportedHeader[] = [];
  for (const { name, value, on } of given.slice(0, MOST_HEADERS)) {
    if (TOKEN.test(name)) headers.push({ name, value: value.replace(/[\r\n\0]+/g, ' ').trim(), on });
    else losses.add('header whose name is none', oneLine(name));
  }
  return {
    name: oneLine(parts.name ?? ''),
    folder: (parts.folder ?? []).map(oneLine),
    method,
    url: cleanUrl(parts.url),
    headers,
    body: parts.body ?? new Uint8Array(0),
  };
}

/** A header that is on, of text. */
export const header = (name: string, value: string): ImportedHeader => ({
  name: utf8ByteString(name),
  value: utf8ByteString(value),
  on: true,
});

/** Whether one of that name is there and on. */
export const hasHeader = (headers: readonly ImportedHeader[], name: string): boolean =>
  headers.some((one) => one.on && one.name.toLowerCase() === name.toLowerCase());
