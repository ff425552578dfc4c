/**
 * Heads as HTTP/1.1 text (RFC 9112 §2.1) and back: the form in which raw views show them, evidence ranges count them and captures keep
 * them. Byte strings in, byte string out (one unit per octet). Heads of HTTP/2 are shown in the same form.
 *
 * Reading is lenient and never fails: it is for text that an engine has accepted, or kept because it could not. It judges nothing.
 */

import type { HeaderPair, Headers } from './headers.ts';
import type { RequestHead, ResponseHead } from './session.ts';

const HTAB = 9;
const SPACE = 32;

const fieldLines = (headers: Headers) => headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');

/** Request line, field lines and the empty line. */
export function requestHeadText(head: RequestHead): string {
  return `${head.method} ${head.target} ${head.httpVersion}\r\n${fieldLines(head.headers)}\r\n`;
}

/** Status line, field lines and the empty line. */
export function responseHeadText(head: ResponseHead): string {
  return `${head.httpVersion} ${head.status} ${head.reason}\r\n${fieldLines(head.headers)}\r\n`;
}

const isBlank = (code: number) => code === SPACE || code === HTAB;

/** Where the field line that begins at `from` ends: a CRLF before white space folds it into the next (obs-fold, RFC 9112 §5.2). */
function fieldEnd(text: string, from: number): number {
  let end = text.indexOf('\r\n', from);
  while (end > from && isBlank(text.charCodeAt(end + 2))) end = text.indexOf('\r\n', end + 2);
  return end < 0 ? text.length : end;
}

/** text[from, to) without spaces and tabs at its ends (OWS, RFC 9110 §5.6.3). */
function trimmed(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * Field lines from `from` up to the empty line or the end of the text. A line without a colon is a name without a value; a folded
 * value keeps its line ends. Takes time in proportion to the text, whatever stands in it.
 */
function readFields(text: string, from: number): HeaderPair[] {
  const pairs: HeaderPair[] = [];
  let colon = -1;
  for (let start = from; start < text.length; ) {
    const end = fieldEnd(text, start);
    if (end === start) break;
    // A colon far ahead is remembered, so that lines without one do not search the text again and again.
    if (colon < start) colon = text.indexOf(':', start);
    if (colon < 0) colon = text.length;
    const nameEnd = Math.min(colon, end);
    pairs.push([trimmed(text, start, nameEnd), trimmed(text, nameEnd + 1, end)]);
    start = end + 2;
  }
  return pairs;
}

function firstLine(text: string): string {
  const end = text.indexOf('\r\n');
  return end < 0 ? text : text.slice(0, end);
}

/** The head that `text` tells: the method ends at the first space, the version begins after the last, all between is the target. */
export function readRequestHead(text: string): RequestHead {
  const line = firstLine(text);
  const first = line.indexOf(' ');
  const last = line.lastIndexOf(' ');
  return {
    method: first < 0 ? line : line.slice(0, first),
    target: first < 0 ? '' : line.slice(first + 1, last > first ? last : line.length),
    httpVersion: last > first ? line.slice(last + 1) : '',
    headers: readFields(text, line.length + 2),
  };
}

/** The head that `text` tells; a status that is no number is 0, a reason phrase may be missing. */
export function readResponseHead(text: string): ResponseHead {
  const line = firstLine(text);
  const first = line.indexOf(' ');
  const second = first < 0 ? -1 : line.indexOf(' ', first + 1);
  const status = first < 0 ? '' : line.slice(first + 1, second < 0 ? line.length : second);
  return {
    httpVersion: first < 0 ? line : line.slice(0, first),
    status: /^\d{1,9}$/.test(status) ? Number(status) : 0,
    reason: second < 0 ? '' : line.slice(second + 1),
    headers: readFields(text, line.length + 2),
  };
}

const sameFields = (a: Headers, b: Headers) =>
  a.length === b.length && a.every(([name, value], i) => name === b[i]?.[0] && value === b[i]?.[1]);

/** Whether reading the head's `raw` gives its other members; true without `raw`. */
export function rawTellsRequest(head: RequestHead): boolean {
  if (head.raw === undefined) return true;
  const read = readRequestHead(head.raw);
  return (
    read.method === head.method &&
    read.target === head.target &&
    read.httpVersion === head.httpVersion &&
    sameFields(read.headers, head.headers)
  );
}

/** The same of a response's head. */
export function rawTellsResponse(head: ResponseHead): boolean {
  if (head.raw === undefined) return true;
  const read = readResponseHead(head.raw);
  return (
    read.httpVersion === head.httpVersion &&
    read.status === head.status &&
    read.reason === head.reason &&
    sameFields(read.headers, head.headers)
  );
}

/** `head` without `raw` where that says nothing more than the pairs do. */
export function plainRequestHead(head: RequestHead): RequestHead {
  const { raw, ...plain } = head;
  return raw === undefined || raw === requestHeadText(head) ? plain : head;
}

/** The same of a response's head. */
export function plainResponseHead(head: ResponseHead): ResponseHead {
  const { raw, ...plain } = head;
  return raw === undefined || raw === responseHeadText(head) ? plain : head;
}

/** A byte string as bytes; units above 0xFF keep their low octet only, so give it byte strings alone. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
