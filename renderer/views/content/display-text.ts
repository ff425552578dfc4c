/**
 * Captured text made safe to read: control characters and bidirectional overrides are shown as escapes, because they can make a line say
 * something else than it does (THREATS R6). What is copied is the text itself; only what is drawn changes.
 */

/** C0 but tab and line breaks, DEL, C1, bidi embeddings/overrides/isolates/marks, zero-width characters, BOM, lone surrogates. */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what it is for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** In one line, tab and line breaks are hidden characters too. */
const BREAKS = /[\t\r\n]/g;
const NAMED: Readonly<Record<string, string>> = { '\t': '\\t', '\r': '\\r', '\n': '\\n' };

export interface TextPart {
  readonly text: string;
  /** An escape in place of a character that cannot be seen. */
  readonly escaped: boolean;
}

function escapeOf(unit: string): string {
  const code = unit.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** `text` with hidden characters as escapes; line breaks and tabs stay. */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, escapeOf);
}

/** `text` for one line, in parts so that escapes can be drawn apart from what was sent. */
export function visibleParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  const pattern = new RegExp(`${HIDDEN.source}|${BREAKS.source}`, 'g');
  for (const found of text.matchAll(pattern)) {
    if (found.index > at) parts.push({ text: text.slice(at, found.index), escaped: false });
    parts.push({ text: NAMED[found[0]] ?? escapeOf(found[0]), escaped: true });
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), escaped: false });
  return parts;
}

/** A byte string (one unit per octet) as people read it: UTF-8 where it is valid UTF-8, else each octet as latin1. */
export function textOfByteString(byteString: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what it tests
  if (/^[\x00-\x7f]*$/.test(byteString)) return byteString;
  const bytes = Uint8Array.from(byteString, (unit) => unit.charCodeAt(0) & 0xff);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return byteString;
  }
}

/** Typed text as the byte string of its UTF-8 form; the inverse of `textOfByteString` for valid UTF-8. */
export function byteStringOfText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what it tests
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}
