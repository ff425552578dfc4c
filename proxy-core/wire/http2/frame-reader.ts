/**
 * HTTP/2 frames from octets in any division (RFC 9113 §4, §6), sans I/O. Checks what can be said of a frame alone: its size, whether it
 * may have a stream, where CONTINUATION may stand. Data is handed on as it comes, as views; every other frame as a whole.
 */
import { Flag, FRAME_HEADER, FrameType, MAX_FRAME_SIZE, PREFACE } from './frames.ts';
import { Http2Fault } from './http2-fault.ts';

export interface FrameSink {
  /** `overhead`: octets of padding that count against windows as well. `end` comes with the last piece of a frame. */
  data(stream: number, bytes: Buffer, overhead: number, end: boolean): void;
  /** A whole header block. */
  headers(stream: number, bytes: Buffer, at: number, to: number, end: boolean): void;
  priority(): void;
  reset(stream: number, code: number): void;
  /** `to - at` is a multiple of six. */
  settings(ack: boolean, bytes: Buffer, at: number, to: number): void;
  ping(ack: boolean, bytes: Buffer, at: number): void;
  goAway(last: number, code: number, debug: string): void;
  windowUpdate(stream: number, increment: number): void;
  /** A frame of a type that means nothing here (RFC 9113 §5.5). */
  unknown(): void;
}

/** Octets of one header block as they come, compressed; and frames that it may come in. */
const MAX_BLOCK = 96 * 1024;
const MAX_CONTINUATIONS = 32;
const MAX_DEBUG = 200;
const NOTHING = Buffer.alloc(0);

const protocolError = (message: string) => new Http2Fault('PROTOCOL_ERROR', message);
const sizeError = (name: string) =>
  new Http2Fault('FRAME_SIZE_ERROR', `A ${name} frame has another size than it can have.`);

export class FrameReader {
  readonly #sink: FrameSink;
  #stopped = false;
  /** Octets of the preface still to come; a server's peer begins with it. */
  #preface: number;
  #first = true;
  /** Frames read, a header block as one. */
  #read = 0;
  // The beginning of a frame whose rest has not come.
  #held = NOTHING;
  #heldLength = 0;
  // The DATA frame being read.
  #dataLeft = 0;
  #padLeft = 0;
  #overhead = 0;
  #dataStream = 0;
  #dataEnd = false;
  // The header block being read.
  #block: Buffer[] = [];
  #blockLength = 0;
  #blockStream = 0;
  #blockEnd = false;

  constructor(sink: FrameSink, expectPreface: boolean) {
    this.#sink = sink;
    this.#preface = expectPreface ? PREFACE.length : 0;
  }

  /** The number of the frame or header block that has begun and is not whole; 0 when there is none. The preface counts, data does not. */
  get unfinished(): number {
    const unfinished = this.#heldLength > 0 || this.#blockStream > 0 || this.#preface > 0;
    return unfinished ? this.#read + 1 : 0;
  }

  /** Reads no more, from within a call of the sink too. */
  stop(): void {
    this.#stopped = true;
    this.#held = NOTHING;
    this.#block = [];
  }

  /** @throws Http2Fault */
  push(bytes: Buffer): void {
    let at = this.#preface > 0 ? this.#readPreface(bytes) : 0;
    while (at < bytes.length && !this.#stopped) {
      if (this.#dataLeft > 0 || this.#padLeft > 0) at = this.#readData(bytes, at);
      else if (this.#heldLength > 0) at = this.#fill(bytes, at);
      else at = this.#readFrame(bytes, at);
    }
  }

  #readPreface(bytes: Buffer): number {
    const from = PREFACE.length - this.#preface;
    const count = Math.min(this.#preface, bytes.length);
    if (bytes.compare(PREFACE, from, from + count, 0, count) !== 0) {
      throw protocolError('The connection does not begin with the preface of HTTP/2.');
    }
    this.#preface -= count;
    return count;
  }

  #hold(bytes: Buffer, at: number, size: number): number {
    this.#held = Buffer.allocUnsafe(size);
    this.#heldLength = bytes.copy(this.#held, 0, at);
    return bytes.length;
  }

  /** Adds to a held frame; reads it once it is whole. */
  #fill(bytes: Buffer, at: number): number {
    const held = this.#held;
    const used = bytes.copy(held, this.#heldLength, at);
    this.#heldLength += used;
    if (this.#heldLength < held.length) return at + used;
    this.#heldLength = 0;
    this.#held = NOTHING;
    // Where it was its header alone, it is held anew, with room for the rest.
    this.#readFrame(held, 0);
    return at + used;
  }

  #readFrame(bytes: Buffer, at: number): number {
    if (bytes.length - at < FRAME_HEADER) return this.#hold(bytes, at, FRAME_HEADER);
    const length = bytes.readUIntBE(at, 3);
    const type = bytes[at + 3] ?? 0;
    const flags = bytes[at + 4] ?? 0;
    const stream = bytes.readUInt32BE(at + 5) & 0x7fff_ffff;
    if (length > MAX_FRAME_SIZE) throw new Http2Fault('FRAME_SIZE_ERROR', `A frame has ${length} octets.`);
    this.#checkOrder(type, stream);
    const start = at + FRAME_HEADER;
    if (type === FrameType.DATA) {
      const need = (flags & Flag.PADDED) !== 0 ? 1 : 0;
      if (bytes.length - start < need) return this.#hold(bytes, at, FRAME_HEADER + need);
      return this.#beginData(bytes, start, length, flags, stream);
    }
    if (bytes.length - start < length) return this.#hold(bytes, at, FRAME_HEADER + length);
    this.#dispatch(type, flags, stream, bytes, start, start + length);
    return start + length;
  }

  #checkOrder(type: number, stream: number): void {
    if (this.#first) {
      if (type !== FrameType.SETTINGS) throw protocolError('The first frame is not SETTINGS.');
      this.#first = false;
    }
    const open = this.#blockStream;
    if (open > 0 && (type !== FrameType.CONTINUATION || stream !== open)) {
      throw protocolError('A header block is interrupted by another frame.');
    }
    if (open === 0 && type === FrameType.CONTINUATION)
      throw protocolError('CONTINUATION without a header block.');
  }

  #beginData(bytes: Buffer, at: number, length: number, flags: number, stream: number): number {
    if (stream === 0) throw protocolError('DATA without a stream.');
    const padded = (flags & Flag.PADDED) !== 0;
    const padding = padded ? (bytes[at] ?? 0) : 0;
    const fields = padded ? 1 : 0;
    if (padded && padding >= length) throw protocolError('A frame has more padding than octets.');
    this.#dataStream = stream;
    this.#dataEnd = (flags & Flag.END_STREAM) !== 0;
    this.#dataLeft = length - fields - padding;
    this.#padLeft = padding;
    this.#overhead = fields + padding;
    const start = at + fields;
    return this.#dataLeft === 0 ? this.#readPadding(bytes, start, NOTHING) : this.#readData(bytes, start);
  }

  #readData(bytes: Buffer, at: number): number {
    if (this.#dataLeft === 0) return this.#skip(bytes, at);
    const end = Math.min(bytes.length, at + this.#dataLeft);
    if (end === at) return at;
    this.#dataLeft -= end - at;
    const piece = bytes.subarray(at, end);
    if (this.#dataLeft === 0) return this.#readPadding(bytes, end, piece);
    this.#sink.data(this.#dataStream, piece, 0, false);
    return end;
  }

  /** The last octets of data; padding after it is counted at once and read over when it comes. */
  #readPadding(bytes: Buffer, at: number, piece: Buffer): number {
    const overhead = this.#overhead;
    this.#sink.data(this.#dataStream, piece, overhead, this.#dataEnd);
    return this.#skip(bytes, at);
  }

  #skip(bytes: Buffer, at: number): number {
    const skipped = Math.min(this.#padLeft, bytes.length - at);
    this.#padLeft -= skipped;
    return at + skipped;
  }

  #dispatch(type: number, flags: number, stream: number, bytes: Buffer, at: number, to: number): void {
    const length = to - at;
    if (this.#blockStream === 0) this.#read += 1;
    switch (type) {
      case FrameType.HEADERS:
        this.#readHeaders(flags, stream, bytes, at, to);
        break;
      case FrameType.CONTINUATION:
        this.#readContinuation(flags, bytes, at, to);
        break;
      case FrameType.PRIORITY:
        if (stream === 0) throw protocolError('PRIORITY without a stream.');
        if (length !== 5) throw sizeError('PRIORITY');
        this.#sink.priority();
        break;
      case FrameType.RST_STREAM:
        if (stream === 0) throw protocolError('RST_STREAM without a stream.');
        if (length !== 4) throw sizeError('RST_STREAM');
        this.#sink.reset(stream, bytes.readUInt32BE(at));
        break;
      case FrameType.SETTINGS: {
        const ack = (flags & Flag.ACK) !== 0;
        if (stream !== 0) throw protocolError('SETTINGS on a stream.');
        if (length % 6 !== 0 || (ack && length > 0)) throw sizeError('SETTINGS');
        this.#sink.settings(ack, bytes, at, to);
        break;
      }
      case FrameType.PUSH_PROMISE:
        throw protocolError('PUSH_PROMISE, which was not allowed.');
      case FrameType.PING:
        if (stream !== 0) throw protocolError('PING on a stream.');
        if (length !== 8) throw sizeError('PING');
        this.#sink.ping((flags & Flag.ACK) !== 0, bytes, at);
        break;
      case FrameType.GOAWAY: {
        if (stream !== 0) throw protocolError('GOAWAY on a stream.');
        if (length < 8) throw sizeError('GOAWAY');
        const last = bytes.readUInt32BE(at) & 0x7fff_ffff;
        const debug = bytes.toString('latin1', at + 8, Math.min(to, at + 8 + MAX_DEBUG));
        this.#sink.goAway(last, bytes.readUInt32BE(at + 4), debug);
        break;
      }
      case FrameType.WINDOW_UPDATE:
        if (length !== 4) throw sizeError('WINDOW_UPDATE');
        this.#sink.windowUpdate(stream, bytes.readUInt32BE(at) & 0x7fff_ffff);
        break;
      default:
        this.#sink.unknown();
    }
  }

  #readHeaders(flags: number, stream: number, bytes: Buffer, from: number, end: number): void {
    if (stream === 0) throw protocolError('HEADERS without a stream.');
    let at = from;
    let to = end;
    if ((flags & Flag.PADDED) !== 0) {
      if (at === to) throw sizeError('HEADERS');
      to -= bytes[at] ?? 0;
      at += 1;
    }
    if ((flags & Flag.PRIORITY) !== 0) at += 5;
    if (at > to) throw protocolError('A frame has more padding than octets.');
    const ends = (flags & Flag.END_STREAM) !== 0;
    if ((flags & Flag.END_HEADERS) !== 0) {
      this.#sink.headers(stream, bytes, at, to, ends);
      return;
    }
    this.#blockStream = stream;
    this.#blockEnd = ends;
    this.#block = [Buffer.from(bytes.subarray(at, to))];
    this.#blockLength = to - at;
  }

  #readContinuation(flags: number, bytes: Buffer, at: number, to: number): void {
    this.#blockLength += to - at;
    // The first of them came with HEADERS.
    if (this.#blockLength > MAX_BLOCK || this.#block.length > MAX_CONTINUATIONS) {
      throw new Http2Fault('ENHANCE_YOUR_CALM', 'A header block has no end.');
    }
    this.#block.push(Buffer.from(bytes.subarray(at, to)));
    if ((flags & Flag.END_HEADERS) === 0) return;
    const block = Buffer.concat(this.#block, this.#blockLength);
    const stream = this.#blockStream;
    this.#block = [];
    this.#blockStream = 0;
    this.#sink.headers(stream, block, 0, block.length, this.#blockEnd);
  }
}
