/**
 * Query strings and urlencoded forms as ordered name/value fields. Parsed by WHATWG URL §5.1, with duplicates and order kept and each field's own
 * text remembered, because a tester needs what was sent, not only what it means.
 */

export interface Field {
  readonly name: string;
  readonly value: string;
  /** As sent, before decoding. */
  readonly raw: string;
}

function decodePart(part: string): string {
  const plus = part.replaceAll('+', ' ');
  const bytes: number[] = [];
  for (const byte of new TextEncoder().encode(plus)) bytes.push(byte);
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    const hex = byte === 0x25 ? String.fromCharCode(bytes[i + 1] ?? 0, bytes[i + 2] ?? 0) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      out.push(Number.parseInt(hex, 16));
      i += 2;
    } else out.push(byte);
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(out));
}

/** Fields of a query string (without `?`) or of an application/x-www-form-urlencoded body. */
export function parseFields(text: string): Field[] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((raw) => {
      const at = raw.indexOf('=');
      const name = at < 0 ? raw : raw.slice(0, at);
      return { name: decodePart(name), value: at < 0 ? '' : decodePart(raw.slice(at + 1)), raw };
    });
}

/** Fields of the query of an absolute URL; none when it has no query. */
export function queryFields(url: string): Field[] {
  const at = url.indexOf('?');
  if (at < 0) return [];
  const hash = url.indexOf('#', at);
  return parseFields(url.slice(at + 1, hash < 0 ? undefined : hash));
}
