/** A WebSocket message as one frame (RFC 6455 §5.2). The counterpart of websocket-reader.ts for whoever writes messages of its own. */
import { randomBytes } from 'node:crypto';
import { unmask } from './unmask.ts';

const FIN = 0x80;
const MASKED = 0x80;

/** `masked` as clients send, with a new key each time (§5.3). The payload is copied. */
export function encodeMessage(opcode: number, payload: Uint8Array, masked: boolean): Buffer {
  const { length } = payload;
  const extra = length < 126 ? 0 : length < 0x10000 ? 2 : 8;
  const frame = Buffer.alloc(2 + extra + (masked ? 4 : 0) + length);
  frame[0] = FIN | opcode;
  frame[1] = (masked ? MASKED : 0) | (extra === 0 ? length : extra === 2 ? 126 : 127);
  if (extra === 2) frame.writeUInt16BE(length, 2);
  if (extra === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  let at = 2 + extra;
  if (masked) {
    const key = randomBytes(4);
    frame.set(key, at);
    at += 4;
    frame.set(payload, at);
    unmask(frame, at, frame.length, key.readUInt32BE(0));
  } else frame.set(payload, at);
  return frame;
}
