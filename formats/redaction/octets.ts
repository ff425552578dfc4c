/**
 * Byte strings (one UTF-16 unit per octet) and the encodings in which a secret may stand in them. Redaction works on byte strings alone:
 * what it does not change stays octet for octet.
 */

const NOT_ASCII = /[^\0-\x7f]/;

/** Text as the byte string of its UTF-8. */
export const utf8 = (text: string): string =>
  NOT_ASCII.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;

/** The text that a byte string is in UTF-8; what is not UTF-8 becomes replacement characters. */
export const unicode = (bytes: string): string =>
  NOT_ASCII.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;

export const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

export const octetsOf = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(text, 'latin1'));

/** Percent-decoding (RFC 3986 §2.1); in forms "+" is a space. */
export function percentDecode(text: string, form: boolean): string {
  const spaced = form && text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  return spaced.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Everything but unreserved characters percent-encoded, as encodeURIComponent does it, of octets. */
export const percentEncode = (bytes: string): string =>
  bytes.replace(
    /[^A-Za-z0-9\-_.~!*'()]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

/** A byte string inside a JSON string's quotes. Octets above 0x7F are UTF-8 already. */
export const jsonEscape = (bytes: string): string => JSON.stringify(bytes).slice(1, -1);

/** What stands between a JSON string's quotes, as a byte string. Broken escapes stay as they are. */
export function jsonUnescape(raw: string): string {
  if (!raw.includes('\\')) return raw;
  try {
    // Escapes name UTF-16 units, octets are UTF-8: both become text first.
    const text = unicode(raw).replace(/\p{Cc}/gu, (char) => JSON.stringify(char).slice(1, -1));
    return utf8(String(JSON.parse(`"${text}"`)));
  } catch {
    return raw;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export const markupEscape = (bytes: string): string =>
  bytes.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

export function markupUnescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
        ? utf8(String.fromCodePoint(code))
        : whole;
    },
  );
}

/** Whether control characters stand before `end`, other than white space and the escape of terminals. */
export function hasControls(octets: string, end: number): boolean {
  for (let i = 0; i < Math.min(end, octets.length); i++) {
    const code = octets.charCodeAt(i);
    if (code < 32 && !(code >= 9 && code <= 13) && code !== 27) return true;
  }
  return false;
}

const BASE64 = /^[A-Za-z0-9+/_-]{12,}={0,2}$/;
const MOST_BASE64 = 1024 * 1024;

/** The text that `value` is in base64 or base64url; undefined for what is neither, or no text. */
export function base64Text(value: string): string | undefined {
  if (value.length > MOST_BASE64 || !BASE64.test(value)) return undefined;
  const bytes = Buffer.from(value, 'base64');
  const text = bytes.toString('latin1');
  if (hasControls(text, text.length)) return undefined;
  if (!NOT_ASCII.test(text)) return text;
  return bytes.equals(Buffer.from(bytes.toString('utf8'), 'utf8')) ? text : undefined;
}

/** `bytes` in base64 as `like` was: the same alphabet, padded or not. */
export function base64Like(bytes: string, like: string): string {
  const text = Buffer.from(bytes, 'latin1').toString(/[-_]/.test(like) ? 'base64url' : 'base64');
  if (like.endsWith('=')) return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
  return like.length % 4 === 0 && !/[-_]/.test(like) ? text : text.replace(/=+$/, '');
}

/** The ways in which a byte string may stand in a text other than as itself. */
export function spellings(value: string): string[] {
  const percent = percentEncode(value);
  const strict = percent.replace(/[!*'()]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const json = jsonEscape(value);
  return [
    value,
    percent,
    percent.replaceAll('%20', '+'),
    percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    strict,
    strict.replaceAll('%20', '+'),
    strict.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    percentEncode(percent),
    json,
    json.replaceAll('/', '\\/'),
    jsonEscape(json),
    jsonEscape(
      JSON.stringify(unicode(value))
        .slice(1, -1)
        .replace(/[^\0-\x7f]/g, unit),
    ),
    JSON.stringify(unicode(value))
      .slice(1, -1)
      .replace(/[^\0-\x7f]/g, unit),
    markupEscape(value),
    Buffer.from(value, 'latin1').toString('base64'),
    Buffer.from(value, 'latin1').toString('base64url'),
  ].filter((text, at, all) => all.indexOf(text) === at);
}

const unit = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
