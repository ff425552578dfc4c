/**
 * Query strings and forms as ordered name/value fields. Parsed by WHATWG URL §5.1, with duplicates and order kept and each field's own
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

export interface FormPart {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
  /** Byte string. */
  readonly content: string;
}

const parameter = (header: string, name: string) =>
  new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i')
    .exec(header)
    ?.slice(1)
    .find((one) => one !== undefined);

/** Parts of a multipart/form-data body (RFC 7578) given as a byte string; at most 1,000, and what is malformed is left out. */
export function parseMultipart(body: string, boundary: string): FormPart[] {
  const parts: FormPart[] = [];
  for (const chunk of body.split(`--${boundary}`).slice(1, 1001)) {
    if (chunk.startsWith('--')) break;
    const split = chunk.indexOf('\r\n\r\n');
    if (split < 0) continue;
    const head = chunk.slice(2, split).split('\r\n');
    const value = (name: string) =>
      head
        .find((line) => line.toLowerCase().startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim();
    const disposition = value('content-disposition') ?? '';
    const name = parameter(disposition, 'name');
    if (name === undefined) continue;
    parts.push({
      name,
      fileName: parameter(disposition, 'filename'),
      contentType: value('content-type'),
      content: chunk.slice(split + 4).replace(/\r\n$/, ''),
    });
  }
  return parts;
}
