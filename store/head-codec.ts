/**
 * Heads as bytes. Where an engine gave a head's octets they are all that is kept: the pairs are read from them again when somebody looks.
 * Other heads (HTTP/2, imports), and octets that do not tell the pairs (of a request that was refused), are kept pair by pair, exactly.
 */
import { rawTellsRequest, rawTellsResponse, readRequestHead, readResponseHead } from '#model/head-text.ts';
import type { HeaderPair, Headers } from '#model/headers.ts';
import type { RequestHead, ResponseHead } from '#model/session.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

const FORM = { octets: 0, pairs: 1, both: 2 } as const;

/** Pairs as they are: trailers, and heads without octets. Their lengths, and then one text of them all: many small ones would cost more. */
export function putPairs(to: ByteWriter, pairs: Headers): void {
  to.count(pairs.length);
  let text = '';
  for (const [name, value] of pairs) {
    to.count(name.length);
    to.count(value.length);
    text += name + value;
  }
  to.text(text);
}

export function takePairs(from: ByteReader): HeaderPair[] {
  const ends: { readonly name: number; readonly value: number }[] = [];
  let end = 0;
  for (let left = from.count(); left > 0; left--) {
    const name = end + from.count();
    end = name + from.count();
    ends.push({ name, value: end });
  }
  const text = from.text();
  if (text.length !== end) throw new RangeError('pairs and their lengths differ');
  let start = 0;
  return ends.map(({ name, value }): HeaderPair => {
    const pair: HeaderPair = [text.slice(start, name), text.slice(name, value)];
    start = value;
    return pair;
  });
}

/** Length of the field lines and the empty line in the form that head-text.ts gives them. */
function fieldsLength(headers: Headers): number {
  let length = 2;
  for (const [name, value] of headers) length += name.length + value.length + 4;
  return length;
}

/**
 * Whether `raw` is enough. Octets of the canonical length are the canonical text: whoever gives `raw` vouches that the pairs were read
 * from it, and white space is all in which two readings may differ. Octets of another length are read to see.
 */
function requestOctetsDo(head: RequestHead, raw: string): boolean {
  const { method, target, httpVersion, headers } = head;
  const canonical = method.length + target.length + httpVersion.length + 4 + fieldsLength(headers);
  return (raw.length === canonical && method !== '' && httpVersion !== '') || rawTellsRequest(head);
}

function responseOctetsDo(head: ResponseHead, raw: string): boolean {
  const { httpVersion, status, reason, headers } = head;
  const threeDigits = status > 99 && status < 1000 && httpVersion !== '';
  const canonical = httpVersion.length + reason.length + 7 + fieldsLength(headers);
  return (raw.length === canonical && threeDigits) || rawTellsResponse(head);
}

export function putRequestHead(to: ByteWriter, head: RequestHead): void {
  const { raw } = head;
  if (raw !== undefined && requestOctetsDo(head, raw)) {
    to.byte(FORM.octets);
    to.text(raw);
    return;
  }
  to.byte(raw === undefined ? FORM.pairs : FORM.both);
  to.text(head.method);
  to.text(head.target);
  to.text(head.httpVersion);
  putPairs(to, head.headers);
  if (raw !== undefined) to.text(raw);
}

export function putResponseHead(to: ByteWriter, head: ResponseHead): void {
  const { raw } = head;
  if (raw !== undefined && responseOctetsDo(head, raw)) {
    to.byte(FORM.octets);
    to.text(raw);
    return;
  }
  to.byte(raw === undefined ? FORM.pairs : FORM.both);
  to.text(head.httpVersion);
  to.number(head.status);
  to.text(head.reason);
  putPairs(to, head.headers);
  if (raw !== undefined) to.text(raw);
}

/** The head, with `raw` wherever it was given: whether it says more than the pairs is for the fold to see. */
export function takeRequestHead(from: ByteReader): RequestHead {
  const form = from.byte();
  if (form === FORM.octets) {
    const raw = from.text();
    return { ...readRequestHead(raw), raw };
  }
  const head: RequestHead = {
    method: from.text(),
    target: from.text(),
    httpVersion: from.text(),
    headers: takePairs(from),
  };
  return form === FORM.both ? { ...head, raw: from.text() } : head;
}

export function takeResponseHead(from: ByteReader): ResponseHead {
  const form = from.byte();
  if (form === FORM.octets) {
    const raw = from.text();
    return { ...readResponseHead(raw), raw };
  }
  const head: ResponseHead = {
    httpVersion: from.text(),
    status: from.number(),
    reason: from.text(),
    headers: takePairs(from),
  };
  return form === FORM.both ? { ...head, raw: from.text() } : head;
}
