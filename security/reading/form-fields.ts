/** Fields of URL-encoded text (queries, forms) and of multipart forms (RFC 7578), with their byte ranges. Lenient, one pass. */

export interface FormField {
  readonly name: string;
  /** Decoded. */
  readonly value: string;
  /** Range of the value as it stands, still encoded. */
  readonly start: number;
  readonly end: number;
}

function percentDecode(text: string): string {
  const octets = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1').toString('utf8');
}

/** Fields of `text` (one unit per byte); `offset` is where the text stands in what the ranges count. */
export function* urlEncodedFields(text: string, offset = 0): Generator<FormField> {
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('&', at);
    const end = next < 0 ? text.length : next;
    const field = text.slice(at, end);
    const equals = field.indexOf('=');
    if (equals >= 0) {
      yield {
        name: percentDecode(field.slice(0, equals)),
        value: percentDecode(field.slice(equals + 1)),
        start: offset + at + equals + 1,
        end: offset + end,
      };
    }
    at = end + 1;
  }
}

const MAX_PART_HEAD = 4096;

/** Text fields of a multipart body; parts with a file name are left out. */
export function* multipartFields(text: string, boundary: string): Generator<FormField> {
  if (boundary === '') return;
  const delimiter = `--${boundary}`;
  let at = text.indexOf(delimiter);
  while (at >= 0) {
    const next = text.indexOf(delimiter, at + delimiter.length);
    const partEnd = next < 0 ? text.length : next;
    const headStart = at + delimiter.length;
    // Bounded, so that a body of delimiters alone is not searched to its end for each of them.
    const window = text.slice(headStart, Math.min(partEnd, headStart + MAX_PART_HEAD));
    // Bare line feeds are wrong and common in what was written or exported by hand.
    const lineEnd = window.startsWith('\n') ? '\n' : '\r\n';
    const headLength = window.indexOf(lineEnd + lineEnd);
    if (headLength >= 0) {
      const head = window.slice(0, headLength);
      const name = /^content-disposition:[^\r\n]*?\bname="([^"\r\n]*)"/im.exec(head)?.[1];
      const start = headStart + headLength + 2 * lineEnd.length;
      const end =
        next >= 0 && text.startsWith(lineEnd, next - lineEnd.length) ? next - lineEnd.length : partEnd;
      if (name !== undefined && !/\bfilename\*?=/i.test(head) && end >= start) {
        const value = Buffer.from(text.slice(start, end), 'latin1').toString('utf8');
        yield { name: Buffer.from(name, 'latin1').toString('utf8'), value, start, end };
      }
    }
    at = next;
  }
}
