/**
 * Reads WebSocket messages out of a byte stream (RFC 6455 §5.2), one direction at a time, as an onlooker: fragments are joined, masks
 * taken off, nothing is judged. Compressed messages (RFC 7692) are given as they stand. When the stream is not WebSocket it falls silent.
 */
import type { Message } from '#model/session.ts';

export type SeenMessage = Pick<Message, 'opcode' | 'data' | 'closeCode'>;

interface Frame {
  readonly final: boolean;
  readonly opcode: number;
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly length: number;
}

const CONTINUATION = 0;
const CLOSE = 8;

function parse(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const second = bytes[1] ?? 0;
  let size = second & 0x7f;
  let at = 2;
  if (size === 126) {
    if (bytes.length < 4) return undefined;
    size = bytes.readUInt16BE(2);
    at = 4;
  } else if (size === 127) {
    if (bytes.length < 10) return undefined;
    size = Number(bytes.readBigUInt64BE(2));
    at = 10;
  }
  const masked = (second & 0x80) !== 0;
  const body = masked ? at + 4 : at;
  if (bytes.length < body + size) return undefined;
  const payload = new Uint8Array(bytes.subarray(body, body + size));
  if (masked) for (let i = 0; i < size; i++) payload[i] = (payload[i] ?? 0) ^ (bytes[at + (i & 3)] ?? 0);
  const first = bytes[0] ?? 0;
  return { final: (first & 0x80) !== 0, opcode: first & 0x0f, payload, length: body + size };
}

export class FrameReader {
  #parts: Buffer[] = [];
  #held = 0;
  #wanted = 2;
  #fragments: Uint8Array[] = [];
  #opcode = 0;

  /** The messages that `chunk` completes, control frames among them. */
  push(chunk: Buffer): SeenMessage[] {
    this.#parts.push(chunk);
    this.#held += chunk.length;
    if (this.#held < this.#wanted) return [];
    let bytes = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts);
    const seen: SeenMessage[] = [];
    for (let frame = parse(bytes); frame; frame = parse(bytes)) {
      bytes = bytes.subarray(frame.length);
      const message = this.#join(frame);
      if (message) seen.push(message);
    }
    this.#parts = [bytes];
    this.#held = bytes.length;
    // A long message arrives in many pieces: joining them at every piece would take quadratic time.
    this.#wanted = bytes.length < 1024 ? bytes.length + 1 : bytes.length * 2;
    this.#wanted = Math.min(this.#wanted, frameSize(bytes) ?? this.#wanted);
    return seen;
  }

  #join({ final, opcode, payload }: Frame): SeenMessage | undefined {
    if (opcode >= CLOSE) {
      const closeCode =
        opcode === CLOSE && payload.length >= 2 ? { closeCode: Buffer.from(payload).readUInt16BE() } : {};
      return { opcode, data: payload, ...closeCode };
    }
    if (opcode !== CONTINUATION) {
      this.#opcode = opcode;
      this.#fragments = [];
    }
    this.#fragments.push(payload);
    if (!final) return undefined;
    const [only] = this.#fragments;
    const data =
      this.#fragments.length === 1 && only
        ? new Uint8Array(only)
        : new Uint8Array(Buffer.concat(this.#fragments));
    this.#fragments = [];
    return { opcode: this.#opcode, data };
  }
}

/** The whole size of the frame that `bytes` begin with, when its head is there. */
function frameSize(bytes: Buffer): number | undefined {
  if (bytes.length < 2) return undefined;
  const second = bytes[1] ?? 0;
  const mask = second & 0x80 ? 4 : 0;
  const short = second & 0x7f;
  if (short < 126) return 2 + mask + short;
  if (short === 126) return bytes.length < 4 ? undefined : 4 + mask + bytes.readUInt16BE(2);
  return bytes.length < 10 ? undefined : 10 + mask + Number(bytes.readBigUInt64BE(2));
}
