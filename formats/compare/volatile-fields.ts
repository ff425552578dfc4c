/**
 * Fields that change from call to call by their nature: what differs between repeats of the very same request in one capture, and what
 * looks like a time, an id or a nonce on both sides. They say nothing about whether two captures differ. Pure.
 */
import type { Fields } from './call-fields.ts';

export type VolatileReason = 'repeats' | 'time' | 'id' | 'secret' | 'transport';

/** Header fields of one exchange, one connection or one cache. */
const TRANSPORT =
  /^(?:request|response)\.header\.(?:date|age|etag|last-modified|expires|if-none-match|if-modified-since|content-length|transfer-encoding|connection|keep-alive|via|alt-svc|server-timing|report-to|nel|traceparent|tracestate|x-request-id|x-correlation-id|x-trace-id|request-id|cf-ray|x-amz-(?:request-id|id-2|cf-id)|x-amzn-[\w-]+|x-cache[\w-]*|x-served-by|x-timer|x-runtime|x-ratelimit-[\w-]+|ratelimit[\w-]*|set-cookie|cookie|authorization|:authority)$/;

const unquoted = (value: string) => (/^".*"$/s.test(value) ? value.slice(1, -1) : value);

function shapeOf(text: string): VolatileReason | undefined {
  if (/^\[redacted:[a-z0-9-]+:\d+\]$/.test(text)) return 'secret';
  if (/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?$/.test(text)) return 'time';
  // RFC 9110 §5.6.7.
  if (/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)) return 'time';
  // Seconds or milliseconds since the epoch, from 2001 to 2100.
  if (/^(?:[1-3]\d{9}|[1-3]\d{12})(?:\.\d+)?$/.test(text)) return 'time';
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return 'id';
  if (/^[0-9a-f]{12,128}$/i.test(text) && /\d/.test(text) && /[a-f]/i.test(text)) return 'id';
  if (
    text.length >= 16 &&
    text.length <= 200 &&
    /^[\w\-+/=.~]+$/.test(text) &&
    (text.match(/\d/g)?.length ?? 0) >= 3 &&
    /[a-z]/i.test(text)
  ) {
    return 'id';
  }
  return undefined;
}

/** Array positions as one: what is volatile in one item is so in all. */
const anyItem = (field: string) => field.replace(/\[\d+\]/g, '[*]');

/** What is volatile at one endpoint. */
export class VolatileFields {
  readonly #learnt = new Set<string>();

  /** Calls of one capture that asked for exactly the same: what differs between them is volatile. */
  learn(repeats: readonly Fields[]): void {
    const [first, ...others] = repeats;
    if (first === undefined) return;
    for (const other of others) {
      for (const [field, value] of other) {
        if (first.has(field) && first.get(field) !== value) this.#learnt.add(anyItem(field));
      }
    }
  }

  /** Why a difference between `a` and `b` in this field says nothing; undefined where it does. */
  reason(field: string, a: string | undefined, b: string | undefined): VolatileReason | undefined {
    if (TRANSPORT.test(field)) return 'transport';
    if (this.#learnt.has(anyItem(field)) && field !== 'status') return 'repeats';
    if (a === undefined || b === undefined) return undefined;
    const shape = shapeOf(unquoted(a));
    return shape !== undefined && shape === shapeOf(unquoted(b)) ? shape : undefined;
  }
}
