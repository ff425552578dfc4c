/**
 * Bytes as text, and places in the text as places in the bytes. The charset is what a message declares: byte order mark first, then the
 * charset parameter, then a declaration in HTML, XML or CSS, then UTF-8, and what is no UTF-8 and declares nothing is Windows-1252 (WHATWG
 * Encoding). Never fails: bytes that mean nothing are U+FFFD.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { parseMediaType } from '#model/headers.ts';

export interface DecodedBytes {
  readonly text: string;
  /** Where the UTF-16 unit at `offset` begins in the bytes. Cheapest asked in rising order. */
  byteAt(offset: number): number;
}

const DECLARED =
  /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]+)|^@charset "([\w:.-]+)"/i;
const SINGLE_BYTE =
  /^(windows-\d+|iso-8859-\d+(-i)?|koi8-[ru]|macintosh|ibm866|x-mac-cyrillic|x-user-defined)$/;

function known(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return undefined;
  }
}

/** The charset that is declared, if any, and how many bytes its mark takes. */
function declaredCharset(bytes: Buffer, contentType: string | undefined): { charset?: string; mark: number } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { charset: 'utf-8', mark: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { charset: 'utf-16le', mark: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { charset: 'utf-16be', mark: 2 };
  const header = known(parseMediaType(contentType)?.parameters.get('charset'));
  if (header !== undefined) return { charset: header, mark: 0 };
  const found = DECLARED.exec(bytes.toString('latin1', 0, 1024));
  const inText = known(found?.[1] ?? found?.[2] ?? found?.[3]);
  if (inText === undefined) return { mark: 0 };
  // A declaration that could be read as ASCII cannot be true of UTF-16 (WHATWG HTML §13.2.3.2).
  return { charset: inText.startsWith('utf-16') ? 'utf-8' : inText, mark: 0 };
}

/** As UTF-8 where it is that, else one character an octet: heads and URLs, which declare nothing. */
export function decodeHead(bytes: Buffer): DecodedBytes {
  if (isAscii(bytes) || !isUtf8(bytes)) return { text: bytes.toString('latin1'), byteAt: (offset) => offset };
  return utf8(bytes, 0);
}

export function decodeBytes(bytes: Buffer, contentType: string | undefined): DecodedBytes {
  const { charset, mark } = declaredCharset(bytes, contentType);
  const wide = charset?.startsWith('utf-16');
  if (charset !== undefined && wide) return utf16(bytes, mark, charset);
  const content = bytes.subarray(mark);
  // ISO-2022-JP writes everything in the octets of ASCII.
  if (charset !== 'iso-2022-jp' && isAscii(content)) {
    return { text: content.toString('latin1'), byteAt: (offset) => offset + mark };
  }
  if (charset === undefined || charset === 'utf-8') {
    if (isUtf8(content)) return utf8(bytes, mark);
    if (charset === undefined) return single(content, 'windows-1252', mark);
  }
  if (charset !== undefined && SINGLE_BYTE.test(charset)) return single(content, charset, mark);
  return searched(content, charset ?? 'utf-8', mark);
}

function single(content: Buffer, charset: string, mark: number): DecodedBytes {
  return { text: new TextDecoder(charset).decode(content), byteAt: (offset) => offset + mark };
}

function utf16(bytes: Buffer, mark: number, charset: string): DecodedBytes {
  const text = new TextDecoder(charset, { ignoreBOM: true }).decode(bytes.subarray(mark));
  return { text, byteAt: (offset) => Math.min(bytes.length, mark + offset * 2) };
}

function utf8(bytes: Buffer, mark: number): DecodedBytes {
  const text = bytes.toString('utf8', mark);
  let last = 0;
  let at = mark;
  return {
    text,
    byteAt(offset) {
      if (offset < last) {
        last = 0;
        at = mark;
      }
      // Never measured from the middle of a pair: half of one has no length of its own.
      const inPair = offset > 0 && isHigh(text.charCodeAt(offset - 1)) && isLow(text.charCodeAt(offset));
      const to = inPair ? offset - 1 : offset;
      at += Buffer.byteLength(text.slice(last, to));
      last = to;
      return inPair ? at + 4 : at;
    },
  };
}

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/** Where no rule says how long a character is: the largest beginning of the bytes that makes no more than `offset` units. */
function searched(content: Buffer, charset: string, mark: number): DecodedBytes {
  const decoder = new TextDecoder(charset, { ignoreBOM: true });
  const text = decoder.decode(content);
  const units = (end: number) => decoder.decode(content.subarray(0, end)).length;
  return {
    text,
    byteAt(offset) {
      let low = 0;
      let high = content.length;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (units(middle) <= offset) low = middle;
        else high = middle - 1;
      }
      return low + mark;
    },
  };
}
