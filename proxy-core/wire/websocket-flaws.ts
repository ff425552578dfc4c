/**
 * What in WebSocket messages breaks RFC 6455, and how it is said. Flaws are found while frames pass and gathered as bits: a message of ten
 * thousand frames, each wrong in the same way, says so once. Nothing is refused because of one.
 */
import { validUtf8 } from './utf8.ts';

export const FLAW = {
  unmasked: 1 << 0,
  masked: 1 << 1,
  reservedBits: 1 << 2,
  reservedOpcode: 1 << 3,
  longLength: 1 << 4,
  longControl: 1 << 5,
  fragmentedControl: 1 << 6,
  strayContinuation: 1 << 7,
  interrupted: 1 << 8,
  truncated: 1 << 9,
  afterClose: 1 << 10,
  closeLength: 1 << 11,
  closeCode: 1 << 12,
  utf8: 1 << 13,
  noFrames: 1 << 14,
} as const;

const TEXTS: readonly string[] = [
  'not masked by the client (RFC 6455 §5.1)',
  'masked by the server (RFC 6455 §5.1)',
  'reserved bits set (RFC 6455 §5.2)',
  'reserved opcode (RFC 6455 §5.2)',
  'length not in its shortest form (RFC 6455 §5.2)',
  'control frame over 125 bytes (RFC 6455 §5.5)',
  'control frame in fragments (RFC 6455 §5.4)',
  'continuation without a beginning (RFC 6455 §5.4)',
  'not finished before another message began (RFC 6455 §5.4)',
  'not finished when the connection ended',
  'sent after a close frame (RFC 6455 §5.5.1)',
  'close frame of one byte (RFC 6455 §5.5.1)',
  'close code that must not be sent (RFC 6455 §7.4)',
  'not valid UTF-8 (RFC 6455 §8.1)',
  'no longer WebSocket frames from here on; the rest passes unread',
];

/** The flaws in words, undefined without any. */
export function flawText(flaws: number): string | undefined {
  if (flaws === 0) return undefined;
  return TEXTS.filter((_, bit) => (flaws & (1 << bit)) !== 0).join('; ');
}

/** 1004 to 1006 and 1015 are for programs to use among themselves; what is neither assigned nor the application's own is undefined. */
function mayBeSent(code: number): boolean {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

/** The code of a close frame's payload, undefined where there is none (RFC 6455 §5.5.1). */
export function closeCodeOf(payload: Uint8Array): number | undefined {
  const [high, low] = payload;
  return high === undefined || low === undefined ? undefined : high * 256 + low;
}

/** Flaws of a close frame's payload: its length, code and reason. `cut`: it goes on. */
export function closeFlaws(payload: Uint8Array, cut: boolean): number {
  if (payload.length < 2) return payload.length === 0 ? 0 : FLAW.closeLength;
  const code = mayBeSent(closeCodeOf(payload) ?? 0) ? 0 : FLAW.closeCode;
  return code | (validUtf8(payload.subarray(2), cut) ? 0 : FLAW.utf8);
}
