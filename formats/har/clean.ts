/**
 * Text of a HAR file as byte strings that a head may hold. Whoever made the file may be hostile: nothing of it may put further fields or
 * lines into a request that somebody replays.
 */
import type { HeaderPair } from '#model/headers.ts';
import type { RequestHead, ResponseHead } from '#model/session.ts';

/**
 * A HAR string as a byte string: units up to 0xFF are octets, anything above means that the writer decoded UTF-8. Line ends and NUL
 * become spaces: in a head they would let a file write further fields into a replayed request.
 */
export function octets(value: unknown): string {
  const string = typeof value === 'string' ? value : '';
  const bytes = /[^\0-\xff]/.test(string) ? Buffer.from(string, 'utf8').toString('latin1') : string;
  return bytes.replace(/[\r\n\0]+/g, ' ');
}

export const cleanPairs = (pairs: readonly HeaderPair[] | undefined): HeaderPair[] =>
  (pairs ?? []).map(([name, value]) => [octets(name), octets(value)]);

/** A head with all its texts cleaned but `raw`, which is for looking at alone; what is no byte string goes. */
export function cleanHead<H extends RequestHead | ResponseHead>(head: H): H {
  const { raw, headers, ...line } = head;
  const clean = Object.entries(line).map(([key, value]) => [
    key,
    typeof value === 'string' ? octets(value) : value,
  ]);
  const cleaned = { ...Object.fromEntries(clean), headers: cleanPairs(headers) };
  return raw === undefined || /[^\0-\xff]/.test(raw) ? cleaned : { ...cleaned, raw };
}
