/**
 * A whole head from its text: start line, fields, and how long the body is. Strict; in a lenient reading the text is put right first as far as
 * RFC 9112 allows, and `normalized` says that it was.
 */
import type { HeaderPair } from '#model/headers.ts';
import { type FieldSection, parseFields } from './fields.ts';
import { requestFraming, responseFraming } from './framing.ts';
import { lenientHead } from './lenient-text.ts';
import type { WireLimits } from './limits.ts';
import type { WireRequestHead, WireResponseHead } from './message-reader.ts';
import { parseRequestLine, parseStatusLine } from './start-line.ts';

const FRAMED_TWICE = /^content-length$/i;

/** Where Transfer-Encoding decided, Content-Length must not be sent on beside it (RFC 9112 §6.3). */
function passing({ headers, lengths, codings }: FieldSection): HeaderPair[] {
  if (lengths.length === 0 || codings.length === 0) return headers;
  return headers.filter(([name]) => !FRAMED_TWICE.test(name));
}

/** @throws WireFault with `at` relative to `text`. */
export function parseRequestHead(text: string, limits: WireLimits, lenient: boolean): WireRequestHead {
  const strict = lenient ? lenientHead(text) : text;
  const { method, target, httpVersion, next } = parseRequestLine(strict, limits.target);
  const section = parseFields(strict, next, { maxFields: limits.fields, allowSpaceBeforeColon: false });
  const { lengths, codings } = section;
  const framing = requestFraming({ httpVersion, lengths, codings, lenient });
  if (!lenient)
    return { method, target, httpVersion, headers: section.headers, framing, text, normalized: false };
  const headers = passing(section);
  const faulty = codings.length > 0 && (lengths.length > 0 || httpVersion === 'HTTP/1.0');
  return { method, target, httpVersion, headers, framing, text, normalized: strict !== text || faulty };
}

/** `method`: that of the request answered. @throws WireFault with `at` relative to `text`. */
export function parseResponseHead(
  text: string,
  method: string,
  limits: WireLimits,
  lenient: boolean,
): WireResponseHead {
  const strict = lenient ? lenientHead(text) : text;
  const { httpVersion, status, reason, next } = parseStatusLine(strict);
  const section = parseFields(strict, next, { maxFields: limits.fields, allowSpaceBeforeColon: true });
  const { lengths, codings, spaced } = section;
  const framing = responseFraming(status, method, { httpVersion, lengths, codings, lenient });
  if (!lenient) {
    return { status, reason, httpVersion, headers: section.headers, framing, text, normalized: spaced };
  }
  const headers = passing(section);
  const faulty =
    codings.length > 0 &&
    (lengths.length > 0 || httpVersion === 'HTTP/1.0' || status < 200 || status === 204);
  return {
    status,
    reason,
    httpVersion,
    headers,
    framing,
    text,
    normalized: strict !== text || spaced || faulty,
  };
}
