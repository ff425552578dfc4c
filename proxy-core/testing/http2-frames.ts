/** HTTP/2 frames by hand (RFC 9113 §4, §6), for peers that misbehave. Header blocks are literals without indexing or Huffman (RFC 7541 §6.2.2). */
import type { HeaderPair } from '#model/headers.ts';

export const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

export const TYPE = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  push: 5,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const END_STREAM = 1;
export const END_HEADERS = 4;

/** One frame. */
export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

const literal = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'latin1');
  // A length of 127 or more needs a second octet (RFC 7541 §5.1); two are enough for tests.
  const length =
    bytes.length < 127
      ? Buffer.of(bytes.length)
      : Buffer.of(127, ((bytes.length - 127) & 127) | 128, (bytes.length - 127) >> 7);
  return Buffer.concat([length, bytes]);
};

/** A header block of these fields in this order. */
export function block(fields: readonly HeaderPair[]): Buffer {
  return Buffer.concat(fields.flatMap(([name, value]) => [Buffer.of(0), literal(name), literal(value)]));
}

/** Pseudo-fields of a request to `a.test`. */
export const pseudoFields = (path: string, method = 'GET'): HeaderPair[] => [
  [':method', method],
  [':scheme', 'https'],
  [':authority', 'a.test'],
  [':path', path],
];

/** A HEADERS frame that is whole. */
export const headers = (stream: number, fields: readonly HeaderPair[], flags = END_STREAM): Buffer =>
  frame(TYPE.headers, flags | END_HEADERS, stream, block(fields));

export const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

export interface SeenFrame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** The whole frames in `bytes`. */
export function readFrames(bytes: Buffer): SeenFrame[] {
  const seen: SeenFrame[] = [];
  for (let at = 0; at + 9 <= bytes.length; ) {
    const length = bytes.readUIntBE(at, 3);
    if (at + 9 + length > bytes.length) break;
    seen.push({
      type: bytes[at + 3] ?? 0,
      flags: bytes[at + 4] ?? 0,
      stream: bytes.readUInt32BE(at + 5) & 0x7fffffff,
      payload: bytes.subarray(at + 9, at + 9 + length),
    });
    at += 9 + length;
  }
  return seen;
}
