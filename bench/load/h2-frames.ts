/**
 * As much of HTTP/2 (RFC 9113) as a client needs that sends one and the same GET again and again: frames in, events out, no sockets.
 * Node's own client takes four times the processor time of this, and would be what limits a measurement. Refuses everything that a
 * server should not do to such a client; does not keep header fields beyond the status, and so asks for a table of size 0.
 */

/** The server does what it must not, or answers otherwise than expected. */
export class WrongFrame extends Error {}

const FRAME_HEAD = 9;
const MAX_FRAME = 16_384;
/** The largest there is (§6.9.1), so that streams need no updates of their own. */
const WINDOW = 2 ** 31 - 1;

export const Kind = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
};
const Flag = { ack: 1, endStream: 1, endHeaders: 4, padded: 8, priority: 32 };

export function frame(kind: number, flags: number, stream: number, payload: Uint8Array): Buffer {
  const bytes = Buffer.alloc(FRAME_HEAD + payload.length);
  bytes.writeUIntBE(payload.length, 0, 3);
  bytes.writeUInt8(kind, 3);
  bytes.writeUInt8(flags, 4);
  bytes.writeUInt32BE(stream, 5);
  bytes.set(payload, FRAME_HEAD);
  return bytes;
}

/** Adds to how much the server may send, on the connection as a whole. */
export function windowUpdate(bytes: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(bytes);
  return frame(Kind.windowUpdate, 0, 0, payload);
}

const SETTING = { tableSize: 1, push: 2, initialWindow: 4 };

/** What a client says first (§3.4): preface, settings, and a window for the connection as large as that of its streams. */
export function opening(): Buffer {
  const settings = Buffer.alloc(18);
  const entries: [number, number][] = [
    [SETTING.tableSize, 0],
    [SETTING.push, 0],
    [SETTING.initialWindow, WINDOW],
  ];
  entries.forEach(([id, value], index) => {
    settings.writeUInt16BE(id, index * 6);
    settings.writeUInt32BE(value, index * 6 + 2);
  });
  return Buffer.concat([
    Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    frame(Kind.settings, 0, 0, settings),
    windowUpdate(WINDOW - 65_535),
  ]);
}

/** A string of HPACK (RFC 7541 §5.2) without Huffman; shorter than 127 octets. */
function hpackString(text: string): Buffer {
  if (text.length >= 127) throw new RangeError('too long for a length of one octet');
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
}

/** A whole GET over https; its stream id stands at octet 5. Literals without indexing, so it means the same each time. */
export function getHeaders(path: string, authority: string): Buffer {
  const block = Buffer.concat([
    Buffer.from([0x82, 0x87, 0x04]),
    hpackString(path),
    Buffer.from([0x01]),
    hpackString(authority),
  ]);
  return frame(Kind.headers, Flag.endStream | Flag.endHeaders, 0, block);
}

/** The status that a header block begins with (it is the only pseudo-field, so it comes first: RFC 9113 §8.3). */
export function isStatus200(block: Buffer): boolean {
  let at = 0;
  // Updates of the table's size may come before everything else (RFC 7541 §4.2).
  while (((block[at] ?? 0) & 0xe0) === 0x20) at += 1;
  if (block[at] === 0x88) return true;
  const literal = block.toString('hex', at, at + 5);
  return /^[014]8(?:03323030|821001)/.test(literal);
}

export interface FrameEvents {
  /** A response is complete. */
  readonly end: (bodyBytes: number) => void;
  /** Bytes to send: acknowledgements, and room for more body. */
  readonly send: (bytes: Buffer) => void;
}

/** Reads what a server sends. One for each connection. */
export class FrameReader {
  readonly #events: FrameEvents;
  #pending: Buffer = Buffer.alloc(0);
  /** Body bytes of responses that are under way, by stream. */
  readonly #bodies = new Map<number, number>();
  #unacknowledged = 0;
  /** Body bytes of all responses so far. */
  bodyBytes = 0;

  constructor(events: FrameEvents) {
    this.#events = events;
  }

  /** @throws WrongFrame */
  push(chunk: Buffer): void {
    const bytes = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    let at = 0;
    while (bytes.length - at >= FRAME_HEAD) {
      const length = bytes.readUIntBE(at, 3);
      if (length > MAX_FRAME) throw new WrongFrame(`a frame of ${length} bytes`);
      const end = at + FRAME_HEAD + length;
      if (end > bytes.length) break;
      const [kind = 0, flags = 0] = bytes.subarray(at + 3, at + 5);
      this.#frame(kind, flags, bytes.readUInt32BE(at + 5), bytes.subarray(at + FRAME_HEAD, end));
      at = end;
    }
    this.#pending = at < bytes.length ? Buffer.from(bytes.subarray(at)) : Buffer.alloc(0);
  }

  #frame(kind: number, flags: number, stream: number, payload: Buffer): void {
    if (kind === Kind.data) this.#data(flags, stream, payload);
    else if (kind === Kind.headers) this.#headers(flags, stream, payload);
    else if (kind === Kind.settings && !(flags & Flag.ack)) {
      this.#events.send(frame(Kind.settings, Flag.ack, 0, Buffer.alloc(0)));
    } else if (kind === Kind.ping && !(flags & Flag.ack)) {
      this.#events.send(frame(Kind.ping, Flag.ack, 0, payload));
    } else if (kind === Kind.reset || kind === Kind.goAway) {
      const code = payload.readUInt32BE(kind === Kind.reset ? 0 : 4);
      throw new WrongFrame(`${kind === Kind.reset ? 'a stream was reset' : 'GOAWAY'}, code ${code}`);
    } else if (kind === Kind.continuation) {
      throw new WrongFrame('a header block in several frames, which this client does not expect');
    }
  }

  #headers(flags: number, stream: number, payload: Buffer): void {
    const begun = this.#bodies.has(stream);
    if (!begun) {
      const padding = flags & Flag.padded ? 1 : 0;
      const block = payload.subarray(padding + (flags & Flag.priority ? 5 : 0));
      if (!isStatus200(block)) throw new WrongFrame(`not a 200: ${block.toString('hex', 0, 16)}`);
      this.#bodies.set(stream, 0);
    }
    if (flags & Flag.endStream) this.#end(stream);
  }

  #data(flags: number, stream: number, payload: Buffer): void {
    const sum = this.#bodies.get(stream);
    if (sum === undefined) throw new WrongFrame('a body without a head');
    const body = flags & Flag.padded ? payload.length - 1 - (payload[0] ?? 0) : payload.length;
    this.bodyBytes += body;
    this.#bodies.set(stream, sum + body);
    this.#unacknowledged += payload.length;
    if (this.#unacknowledged > WINDOW / 4) {
      this.#events.send(windowUpdate(this.#unacknowledged));
      this.#unacknowledged = 0;
    }
    if (flags & Flag.endStream) this.#end(stream);
  }

  #end(stream: number): void {
    const body = this.#bodies.get(stream) ?? 0;
    this.#bodies.delete(stream);
    this.#events.end(body);
  }
}
