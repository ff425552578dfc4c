/**
 * Header fields as they stood on the wire: ordered pairs, case kept, duplicates kept. Maps are derived, never stored.
 *
 * A name or value is a *byte string*: one UTF-16 unit per octet (latin1), so that obs-text (RFC 9110 §5.5) survives unchanged.
 * Decoding to text for people is a view; see `displayText`.
 */
import * as z from 'zod';

export const HeaderPair = z.tuple([z.string(), z.string()]);
export type HeaderPair = z.infer<typeof HeaderPair>;
export type Headers = readonly HeaderPair[];

/** The value of the first field of that name (case-insensitive, RFC 9110 §5.1), or undefined. */
export function headerValue(headers: Headers, name: string): string | undefined {
  const wanted = name.toLowerCase();
  // Names of another length, almost all, are passed over without being copied.
  return headers.find(([key]) => key.length === wanted.length && key.toLowerCase() === wanted)?.[1];
}

/** The values of every field of that name, in wire order. */
export function headerValues(headers: Headers, name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
}

/** Node's flat `rawHeaders` ([name, value, name, value]) as pairs. */
export function pairsFromFlat(flat: readonly string[]): HeaderPair[] {
  const pairs: HeaderPair[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) pairs.push([flat[i] ?? '', flat[i + 1] ?? '']);
  return pairs;
}

/** A parsed media type: RFC 9110 §8.3.1. `essence` is lower case ("application/json"), parameters have lower-case names. */
export interface MediaType {
  readonly essence: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Parses a Content-Type value leniently (as browsers do); undefined when there is no type/subtype in it. */
export function parseMediaType(value: string | undefined): MediaType | undefined {
  const [type = '', ...rest] = (value ?? '').split(';');
  const essence = type.trim().toLowerCase();
  if (!/^[^\s/]+\/[^\s/]+$/.test(essence)) return undefined;
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const at = part.indexOf('=');
    if (at < 0) continue;
    const raw = part.slice(at + 1).trim();
    parameters.set(part.slice(0, at).trim().toLowerCase(), raw.startsWith('"') ? raw.slice(1, -1) : raw);
  }
  return { essence, parameters };
}
