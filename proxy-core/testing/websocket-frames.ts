/** Makes WebSocket frames octet by octet (RFC 6455 §5.2), right and wrong ones alike, for tests to put on a wire. */

export interface FrameFields {
  /** 1 (text) when absent. */
  readonly opcode?: number;
  /** Text is sent as UTF-8. */
  readonly payload?: string | Uint8Array;
  /** True when absent. */
  readonly final?: boolean;
  /** RSV1 to RSV3 as the bits 4, 2, 1. */
  readonly reserved?: number;
  /** The masking key; not masked when absent. */
  readonly key?: number;
  /** Octets of the extended length, where the shortest form is not wanted. */
  readonly lengthOctets?: 2 | 8;
  /** What the length says, where not the truth. */
  readonly claimedLength?: bigint;
}

function lengthField(length: bigint, octets: 0 | 2 | 8): { short: number; extended: Buffer } {
  const extended = Buffer.alloc(octets);
  if (octets === 2) extended.writeUInt16BE(Number(length));
  if (octets === 8) extended.writeBigUInt64BE(length);
  return { short: octets === 0 ? Number(length) : octets === 2 ? 126 : 127, extended };
}

/** One frame as it goes on the wire. */
export function frame(fields: FrameFields = {}): Buffer {
  const payload = Buffer.from(fields.payload ?? '');
  const length = fields.claimedLength ?? BigInt(payload.length);
  const shortest = length < 126n ? 0 : length < 0x10000n ? 2 : 8;
  const { short, extended } = lengthField(length, fields.lengthOctets ?? shortest);
  const first = (fields.final === false ? 0 : 0x80) | ((fields.reserved ?? 0) << 4) | (fields.opcode ?? 1);
  if (fields.key === undefined) return Buffer.concat([Buffer.of(first, short), extended, payload]);
  const key = Buffer.alloc(4);
  key.writeUInt32BE(fields.key);
  const masked = payload.map((octet, i) => octet ^ (key[i % 4] ?? 0));
  return Buffer.concat([Buffer.of(first, short | 0x80), extended, key, masked]);
}

/** A close frame's payload. */
export function closePayload(code: number, reason = ''): Buffer {
  const payload = Buffer.from(`\0\0${reason}`);
  payload.writeUInt16BE(code);
  return payload;
}
