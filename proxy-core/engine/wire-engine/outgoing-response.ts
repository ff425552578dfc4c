/**
 * An origin's response as an HTTP/1.1 client gets it: unchanged but for what speaks of one connection only. When that is nothing, the
 * very octets that came are written. Knows how the body must be delimited for this client (RFC 9112 §6).
 */
import { STATUS_CODES } from 'node:http';
import type { HeaderPair, Headers } from '#model/headers.ts';
import type { ResponseHead } from '#model/session.ts';
import { fieldKind, members } from './field-kinds.ts';
import type { Framing } from './streams.ts';

export interface ForClient {
  readonly httpVersion: string;
  /** The client and we would keep the connection. */
  readonly keepAlive: boolean;
  readonly via: boolean;
}

export interface OutgoingResponse {
  readonly head: ResponseHead;
  /** How the body is written: as it comes, or in chunks. */
  readonly chunked: boolean;
  /** The connection ends with this response. */
  readonly close: boolean;
}

/** Whether the Connection fields, as the origin wrote them, are true of the client's connection too. */
function connectionPasses(headers: Headers, close: boolean, needsWord: boolean): boolean {
  let said = false;
  for (const [name, value] of headers) {
    const kind = fieldKind(name);
    if (kind === 'keep-alive' || kind === 'proxy-connection') return false;
    if (kind !== 'connection') continue;
    const lower = value.toLowerCase();
    if (lower !== (close ? 'close' : 'keep-alive')) return false;
    said = true;
  }
  return said || !needsWord;
}

function lengthsPass(headers: Headers): boolean {
  let count = 0;
  for (const [name, value] of headers) {
    if (fieldKind(name) === 'content-length') count += value.includes(',') ? 2 : 1;
  }
  return count < 2;
}

function rewrite(
  head: ResponseHead,
  framing: Framing,
  to: ForClient,
  chunked: boolean,
  close: boolean,
): HeaderPair[] {
  const named = new Set(
    head.headers.flatMap(([name, value]) => (fieldKind(name) === 'connection' ? members(value) : [])),
  );
  const fields: HeaderPair[] = [];
  let coded = false;
  let lengthSaid = false;
  for (const pair of head.headers) {
    const [name, value] = pair;
    switch (fieldKind(name)) {
      case 'connection':
      case 'keep-alive':
      case 'proxy-connection':
      case 'upgrade':
        continue;
      case 'transfer-encoding':
        if (chunked || framing.kind === 'until-close' || framing.kind === 'none') fields.push(pair);
        coded ||= chunked;
        continue;
      case 'trailer':
        if (chunked) fields.push(pair);
        continue;
      case 'content-length':
        if (framing.kind === 'chunked' || lengthSaid) continue;
        lengthSaid = true;
        fields.push(
          framing.kind === 'length' && value !== String(framing.length)
            ? [name, String(framing.length)]
            : pair,
        );
        continue;
      default:
        if (!named.has(name.toLowerCase())) fields.push(pair);
    }
  }
  if (chunked && !coded) fields.push(['Transfer-Encoding', 'chunked']);
  if (close && to.httpVersion !== 'HTTP/1.0') fields.push(['Connection', 'close']);
  if (!close && to.httpVersion === 'HTTP/1.0') fields.push(['Connection', 'keep-alive']);
  if (to.via) fields.push(['Via', `${head.httpVersion.slice('HTTP/'.length)} sluice`]);
  return fields;
}

/**
 * Whether white space stands before a colon, which a proxy must take out (RFC 9112 §5.1). Looked for only where the octets are more than
 * the pairs make.
 */
function hasSpacedNames({ raw = '', headers, httpVersion, reason }: ResponseHead): boolean {
  let length = httpVersion.length + reason.length + ' 200 \r\n\r\n'.length;
  for (const [name, value] of headers) length += name.length + value.length + ': \r\n'.length;
  return raw.length > length && /\r\n[^:\r\n]*[ \t]:/.test(raw);
}

/** The response as it goes out. `head` is the origin's itself when not an octet had to change. */
export function outgoingResponse(head: ResponseHead, framing: Framing, to: ForClient): OutgoingResponse {
  const old = to.httpVersion === 'HTTP/1.0';
  const chunked = framing.kind === 'chunked' && !old;
  // What neither a length nor chunks delimit is delimited by the end of the connection.
  const close = !to.keepAlive || framing.kind === 'until-close' || (framing.kind === 'chunked' && old);
  const unchanged =
    head.httpVersion === 'HTTP/1.1' &&
    head.raw !== undefined &&
    !to.via &&
    chunked === (framing.kind === 'chunked') &&
    connectionPasses(head.headers, close, close !== old) &&
    lengthsPass(head.headers) &&
    !hasSpacedNames(head) &&
    !head.headers.some(([name]) => fieldKind(name) === 'upgrade');
  if (unchanged) return { head, chunked, close };
  return {
    head: {
      httpVersion: 'HTTP/1.1',
      status: head.status,
      reason: head.httpVersion.startsWith('HTTP/1') ? head.reason : (STATUS_CODES[head.status] ?? ''),
      headers: rewrite(head, framing, to, chunked, close),
    },
    chunked,
    close,
  };
}

/** A 1xx head as it goes to a client (RFC 9110 §15.2). */
export function outgoingInformational(head: ResponseHead): ResponseHead {
  const hop = head.headers.some(([name]) =>
    ['connection', 'keep-alive', 'upgrade'].includes(fieldKind(name) ?? ''),
  );
  if (!hop && head.httpVersion === 'HTTP/1.1') return head;
  const named = new Set(
    head.headers.flatMap(([name, value]) => (fieldKind(name) === 'connection' ? members(value) : [])),
  );
  const headers = head.headers.filter(
    ([name]) =>
      !['connection', 'keep-alive', 'upgrade'].includes(fieldKind(name) ?? '') &&
      !named.has(name.toLowerCase()),
  );
  const reason = head.httpVersion.startsWith('HTTP/1') ? head.reason : (STATUS_CODES[head.status] ?? '');
  return { httpVersion: 'HTTP/1.1', status: head.status, reason, headers };
}

/** A head's octets. */
export function headBytes(head: ResponseHead): Buffer {
  if (head.raw !== undefined) return Buffer.from(head.raw, 'latin1');
  let text = `${head.httpVersion} ${head.status} ${head.reason}\r\n`;
  for (const [name, value] of head.headers) text += `${name}: ${value}\r\n`;
  return Buffer.from(`${text}\r\n`, 'latin1');
}
