/**
 * The header or the claims of a JSON Web Token (RFC 7519 §3): base64url of a JSON object. Decodes and verifies nothing. Written with the
 * language alone: this room knows neither Node's Buffer nor the browser's TextDecoder.
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url without padding (RFC 4648 §5), its bytes percent-encoded, which the language itself reads as UTF-8. */
function percentEncoded(text: string): string | undefined {
  let bits = 0;
  let pending = 0;
  let out = '';
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return undefined;
    pending = ((pending << 6) | value) & 0x3fff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += `%${((pending >> bits) & 0xff).toString(16).padStart(2, '0')}`;
  }
  return out;
}

/** Undefined when it is none. */
export function jwtPart(part: string): Readonly<Record<string, unknown>> | undefined {
  const encoded = percentEncoded(part);
  if (encoded === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(decodeURIComponent(encoded));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
