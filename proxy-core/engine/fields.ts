/**
 * Which header fields pass a proxy (RFC 9110 §7.6.1): all of them, in order and case, but those that speak of one connection only.
 * Framing fields and Host stay even where a Connection field names them, else a client could re-frame its own request.
 */
import { type HeaderPair, type Headers, headerValues } from '#model/headers.ts';

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'te',
  'upgrade',
]);
const NEVER_NAMED = new Set(['host', 'content-length', 'transfer-encoding', 'trailer']);

function passing(headers: Headers, keep: ReadonlySet<string> = new Set()): HeaderPair[] {
  const named = new Set(
    headerValues(headers, 'connection')
      .flatMap((value) => value.split(','))
      .map((name) => name.trim().toLowerCase())
      .filter((name) => !NEVER_NAMED.has(name)),
  );
  return headers.filter(([name]) => {
    const key = name.toLowerCase();
    return keep.has(key) || !(HOP_BY_HOP.has(key) || named.has(key));
  });
}

/** A request's fields for the origin; Host is set to `hostField` where it stood, or put first when it was missing. */
export function requestFields(headers: Headers, hostField: string): HeaderPair[] {
  const fields = passing(headers).map(([name, value]): HeaderPair => {
    return name.toLowerCase() === 'host' ? [name, hostField] : [name, value];
  });
  if (headerValues(headers, 'te').some((value) => /\btrailers\b/i.test(value)))
    fields.push(['TE', 'trailers']);
  return fields.some(([name]) => name.toLowerCase() === 'host') ? fields : [['Host', hostField], ...fields];
}

const HANDSHAKE = new Set(['connection', 'upgrade']);

/** Fields of a WebSocket handshake. Extensions are for the peers to agree on. */
export function handshakeFields(headers: Headers, hostField: string): HeaderPair[] {
  return passing(headers, HANDSHAKE).map(
    ([name, value]): HeaderPair => (name.toLowerCase() === 'host' ? [name, hostField] : [name, value]),
  );
}

/** A response's fields for the client. An HTTP/1.0 client is never sent a transfer coding (RFC 9112 §6.1). */
export function responseFields(headers: Headers, clientVersion: string): HeaderPair[] {
  const fields = passing(headers);
  if (clientVersion !== '1.0') return fields;
  return fields.filter(([name]) => !['transfer-encoding', 'trailer'].includes(name.toLowerCase()));
}

/** Pairs as Node's flat array. */
export function flatten(headers: Headers): string[] {
  return headers.flat();
}
