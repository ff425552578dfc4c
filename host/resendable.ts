/** Recorded header fields that a request can be sent again with: those of the message, without those of the connection it came over. Pure. */
import type { HeaderPair, Headers } from '#model/headers.ts';

const STALE = /^(?:content-length|transfer-encoding|trailer|proxy-[\w-]+|expect)$/i;

/** Lengths and codings are left to the engine; Host too when the request goes to another host. */
export const resendable = (headers: Headers, otherHost = false): HeaderPair[] =>
  headers.filter(([name]) => !STALE.test(name) && !(otherHost && /^host$/i.test(name)));
