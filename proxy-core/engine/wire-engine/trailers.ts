/** Trailer fields (RFC 9110 §6.5): which may be passed on. Those that frame, route or authenticate a message are not trailers. */
import type { HeaderPair, Headers } from '#model/headers.ts';

/** Chunk extensions kept for the session, of one body. */
export const MAX_EXTENSIONS = 1000;

/** RFC 9110 §6.5.1. */
const FORBIDDEN = new Set([
  'transfer-encoding',
  'content-length',
  'host',
  'content-encoding',
  'content-type',
  'content-range',
  'trailer',
  'authorization',
  'proxy-authorization',
  'www-authenticate',
  'proxy-authenticate',
  'set-cookie',
  'cookie',
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'upgrade',
  'cache-control',
  'expect',
  'max-forwards',
  'location',
]);

/** The trailers that a peer may be sent. */
export function passingTrailers(trailers: Headers): HeaderPair[] {
  return trailers.filter(([name]) => !FORBIDDEN.has(name.toLowerCase()));
}
