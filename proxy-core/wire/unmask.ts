/**
 * Takes WebSocket masks off (RFC 6455 §5.3), in place. A word at a time for long runs: octet by octet, a large upload would cost more to
 * unmask than to forward. Masking is its own inverse, so this also puts them on.
 */

/** From here on a word view pays for itself. */
const WORDS_FROM = 48;
const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** `key` as it applies from `octets` further on. */
export function turnKey(key: number, octets: number): number {
  const bits = (octets & 3) * 8;
  return bits === 0 ? key : ((key << bits) | (key >>> (32 - bits))) >>> 0;
}

/** As memory on this machine holds it: the key's first octet at the lowest address. */
function keyWord(key: number): number {
  if (!LITTLE_ENDIAN) return key | 0;
  return (key << 24) | ((key & 0xff00) << 8) | ((key >>> 8) & 0xff00) | (key >>> 24);
}

function unmaskOctets(bytes: Uint8Array, from: number, to: number, key: number): void {
  for (let at = from, shift = 24; at < to; at++, shift = (shift - 8) & 31) {
    bytes[at] = (bytes[at] ?? 0) ^ ((key >>> shift) & 0xff);
  }
}

/** XORs bytes[from, to) with the four octets of `key`, its most significant first, over and over. */
export function unmask(bytes: Uint8Array, from: number, to: number, key: number): void {
  if (key === 0) return;
  if (to - from < WORDS_FROM) {
    unmaskOctets(bytes, from, to, key);
    return;
  }
  const first = from + (-(bytes.byteOffset + from) & 3);
  const words = (to - first) >>> 2;
  const view = new Uint32Array(bytes.buffer, bytes.byteOffset + first, words);
  const turned = turnKey(key, first - from);
  const word = keyWord(turned);
  unmaskOctets(bytes, from, first, key);
  for (let i = 0; i < words; i++) view[i] = (view[i] ?? 0) ^ word;
  unmaskOctets(bytes, first + words * 4, to, turned);
}
