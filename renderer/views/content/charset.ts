/**
 * Bytes to text by the charset a message declares (RFC 9110 §8.3.2, WHATWG Encoding): byte order mark first, then the charset parameter,
 * then a declaration in HTML, CSS or XML, then UTF-8. The bytes stay the truth: the answer says when some of them are not valid in it.
 */
import { parseMediaType } from '#model/headers.ts';

export interface DecodedText {
  readonly text: string;
  /** Name by WHATWG Encoding, lower case. */
  readonly charset: string;
  /** Some bytes are not valid in that charset and show as U+FFFD. */
  readonly lossy: boolean;
  /** Bytes of the byte order mark, which `text` leaves out. */
  readonly markBytes: number;
}

const DECLARED_IN_TEXT =
  /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]+)|^@charset "([\w:.-]+)"/i;

function known(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return undefined;
  }
}

/** The charset of a body, and how many bytes its byte order mark takes. */
export function charsetOf(
  bytes: Uint8Array,
  contentType: string | undefined,
): { charset: string; markBytes: number } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { charset: 'utf-8', markBytes: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { charset: 'utf-16le', markBytes: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { charset: 'utf-16be', markBytes: 2 };
  const header = known(parseMediaType(contentType)?.parameters.get('charset'));
  if (header !== undefined) return { charset: header, markBytes: 0 };
  const start = String.fromCharCode(...bytes.subarray(0, 1024));
  const declared = DECLARED_IN_TEXT.exec(start);
  const inText = known(declared?.[1] ?? declared?.[2] ?? declared?.[3]);
  // A declaration that could be read as ASCII cannot be true of UTF-16 (WHATWG HTML §13.2.3.2).
  return { charset: inText?.startsWith('utf-16') ? 'utf-8' : (inText ?? 'utf-8'), markBytes: 0 };
}

/** The text of `bytes`; never throws. A character cut off at the very end (a body shown in part) is left out. */
export function decodeText(bytes: Uint8Array, contentType: string | undefined, partial = false): DecodedText {
  const { charset, markBytes } = charsetOf(bytes, contentType);
  const content = bytes.subarray(markBytes);
  const decode = (fatal: boolean) =>
    new TextDecoder(charset, { fatal, ignoreBOM: true }).decode(content, { stream: partial });
  try {
    return { text: decode(true), charset, lossy: false, markBytes };
  } catch {
    return { text: decode(false), charset, lossy: true, markBytes };
  }
}

/** Where byte `offset` of `bytes` stands in the decoded text, in UTF-16 units. */
export function textOffset(bytes: Uint8Array, decoded: DecodedText, offset: number): number {
  const end = Math.max(decoded.markBytes, Math.min(offset, bytes.length));
  const part = bytes.subarray(decoded.markBytes, end);
  return new TextDecoder(decoded.charset, { ignoreBOM: true }).decode(part, { stream: true }).length;
}
