/**
 * Octets as text and back, in the forms that several formats write: byte strings (one unit per octet, as heads are kept), UTF-8, base64.
 * Pure and free of Node, because the workbench imports formats.
 */
import { bytesOf } from '#model/head-text.ts';

const ENCODER = new TextEncoder();
/** `String.fromCharCode` takes its units as arguments, of which engines allow only so many. */
const PIECE = 8192;

/** Octets as a byte string. */
export function byteString(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return text;
}

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => ENCODER.encode(text);

/** Text as the byte string of its UTF-8 form. */
export const utf8ByteString = (text: string): string =>
  /^[ -~]*$/.test(text) ? text : byteString(utf8(text));

/** The text that these octets are in UTF-8, a byte order mark included; undefined when they are not UTF-8. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A byte string as people read it: as UTF-8 where it is that, else each octet as latin1. */
export const readable = (bytes: string): string => utf8Text(bytesOf(bytes)) ?? bytes;

export const base64 = (bytes: Uint8Array): string => btoa(byteString(bytes));

/** The octets of a base64 text; undefined when it is not one. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return bytesOf(atob(text));
  } catch {
    return undefined;
  }
}

/** Several pieces as one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
