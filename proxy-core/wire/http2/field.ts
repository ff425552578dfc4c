/**
 * A header field of HTTP/2 and what is known of it from its name and value alone. Fields come out of HPACK's tables again and again, so
 * what costs time is found out once, when a field is made.
 */
import type { HeaderPair } from '#model/headers.ts';

/** Bits of `Field.traits`. */
export const Trait = {
  /** Its name begins with a colon (RFC 9113 §8.3). */
  PSEUDO: 1,
  /** The name is not one that HTTP/2 allows (§8.2.1): not a token, or with capitals. */
  BAD_NAME: 2,
  /** NUL, CR or LF in the value, or white space at its ends (§8.2.1). */
  BAD_VALUE: 4,
  /** Speaks of one HTTP/1.1 connection (§8.2.2). */
  CONNECTION: 8,
  /** TE with another value than `trailers` (§8.2.2). */
  BAD_TE: 16,
  HOST: 32,
  LENGTH: 64,
} as const;

export interface Field {
  readonly pair: HeaderPair;
  /** As HPACK counts it (RFC 7541 §4.1). */
  readonly size: number;
  readonly traits: number;
  /** Those of the name alone. */
  readonly nameTraits: number;
}

/** What an entry costs besides its octets (RFC 7541 §4.1). */
const OVERHEAD = 32;

// A token in small letters (RFC 9110 §5.6.2), or one behind a colon.
const NAME = /^:?[!#$%&'*+.^_`|~0-9a-z-]+$/;
const BAD_VALUE = /[\0\r\n]|^[ \t]|[ \t]$/;

const NAMES = new Map<string, number>([
  ['connection', Trait.CONNECTION],
  ['keep-alive', Trait.CONNECTION],
  ['proxy-connection', Trait.CONNECTION],
  ['transfer-encoding', Trait.CONNECTION],
  ['upgrade', Trait.CONNECTION],
  ['host', Trait.HOST],
  ['content-length', Trait.LENGTH],
]);

export function nameTraits(name: string): number {
  const known = NAMES.get(name);
  if (known !== undefined) return known;
  return (name.startsWith(':') ? Trait.PSEUDO : 0) | (NAME.test(name) ? 0 : Trait.BAD_NAME);
}

/** `ofName` when the traits of the name are known already. */
export function makeField(name: string, value: string, ofName: number = nameTraits(name)): Field {
  let traits = ofName;
  if (BAD_VALUE.test(value)) traits |= Trait.BAD_VALUE;
  if (name === 'te' && value.toLowerCase() !== 'trailers') traits |= Trait.BAD_TE;
  return { pair: [name, value], size: name.length + value.length + OVERHEAD, traits, nameTraits: ofName };
}

/** The fields of one HEADERS frame and its CONTINUATIONs, in order. */
export interface FieldBlock {
  readonly fields: readonly Field[];
  /** More than the limits allow; `fields` are the first of them. */
  readonly tooLarge: boolean;
  /** Of all of them, as SETTINGS_MAX_HEADER_LIST_SIZE counts. */
  readonly size: number;
}

/**
 * Fields that their sender wants in no compression context (RFC 7541 §7.1.3). A WeakSet beside the pairs, because a pair is what passes
 * through everything between the two connections.
 */
const sensitive = new WeakSet<HeaderPair>();

export const markSensitive = (pair: HeaderPair): void => void sensitive.add(pair);
export const isSensitive = (pair: HeaderPair): boolean => sensitive.has(pair);
