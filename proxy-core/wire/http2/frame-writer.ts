/**
 * HTTP/2 frames to octets (RFC 9113 §4, §6), sans I/O: they are collected until the driver takes them. Everything is copied, into slabs
 * that all connections share: a frame is small, one write for many is what is fast, and nobody's buffer is kept alive.
 */
import { Flag, FRAME_HEADER, FrameType, MAX_FRAME_SIZE } from './frames.ts';

const SLAB = 64 * 1024;
let slab = Buffer.allocUnsafeSlow(SLAB);
let slabAt = 0;

export class FrameWriter {
  readonly #parts: Buffer[] = [];
  // The part being written: of the slab it was begun in, from `#begin` to `#at`.
  #slab = slab;
  #begin = 0;
  #at = 0;
  /** Octets not taken yet. */
  length = 0;
  // The flags of the last DATA or HEADERS, while they can still be changed.
  #flagsOf = 0;
  #flagsAt = 0;

  readonly #begun: () => void;

  /** `begun` is called when there is something to take again. */
  constructor(begun: () => void) {
    this.#begun = begun;
  }

  /** What has been written since the last time, to be sent in this order. */
  take(): readonly Buffer[] {
    this.#close();
    this.length = 0;
    this.#flagsOf = 0;
    return this.#parts.splice(0);
  }

  #close(): void {
    if (this.#at > this.#begin) this.#parts.push(this.#slab.subarray(this.#begin, this.#at));
    this.#begin = this.#at;
  }

  /** Room for so many octets in a row; answers where. */
  #reserve(octets: number): number {
    if (this.#slab !== slab || this.#at !== slabAt || slab.length - slabAt < octets) {
      this.#close();
      if (slab.length - slabAt < octets) {
        slab = Buffer.allocUnsafeSlow(SLAB);
        slabAt = 0;
      }
      this.#slab = slab;
      this.#begin = slabAt;
      this.#at = slabAt;
    }
    const at = this.#at;
    this.#at += octets;
    slabAt = this.#at;
    if (this.length === 0) this.#begun();
    this.length += octets;
    return at;
  }

  /** A frame's header with room for its payload; answers where the payload begins. */
  #frame(type: number, flags: number, stream: number, length: number): number {
    const at = this.#reserve(FRAME_HEADER + length);
    const out = this.#slab;
    out[at] = length >>> 16;
    out[at + 1] = (length >>> 8) & 0xff;
    out[at + 2] = length & 0xff;
    out[at + 3] = type;
    out[at + 4] = flags;
    out[at + 5] = stream >>> 24;
    out[at + 6] = (stream >>> 16) & 0xff;
    out[at + 7] = (stream >>> 8) & 0xff;
    out[at + 8] = stream & 0xff;
    this.#flagsOf = 0;
    return at + FRAME_HEADER;
  }

  #number(at: number, value: number): void {
    const out = this.#slab;
    out[at] = value >>> 24;
    out[at + 1] = (value >>> 16) & 0xff;
    out[at + 2] = (value >>> 8) & 0xff;
    out[at + 3] = value & 0xff;
  }

  /** Octets as they are: the preface. */
  raw(bytes: Buffer): void {
    const at = this.#reserve(bytes.length);
    bytes.copy(this.#slab, at);
  }

  /** At most MAX_FRAME_SIZE octets of `bytes`. */
  data(stream: number, bytes: Buffer, from: number, to: number, end: boolean): void {
    const at = this.#frame(FrameType.DATA, end ? Flag.END_STREAM : 0, stream, to - from);
    bytes.copy(this.#slab, at, from, to);
    this.#remember(stream, at);
  }

  /** A header block of any size, in as many frames as it needs. */
  headers(stream: number, block: Buffer, end: boolean): void {
    const ends = end ? Flag.END_STREAM : 0;
    if (block.length <= MAX_FRAME_SIZE) {
      const at = this.#frame(FrameType.HEADERS, Flag.END_HEADERS | ends, stream, block.length);
      block.copy(this.#slab, at);
      this.#remember(stream, at);
      return;
    }
    for (let from = 0; from < block.length; from += MAX_FRAME_SIZE) {
      const to = Math.min(block.length, from + MAX_FRAME_SIZE);
      const type = from === 0 ? FrameType.HEADERS : FrameType.CONTINUATION;
      const flags = (from === 0 ? ends : 0) | (to === block.length ? Flag.END_HEADERS : 0);
      const at = this.#frame(type, flags, stream, to - from);
      block.copy(this.#slab, at, from, to);
    }
  }

  #remember(stream: number, payload: number): void {
    this.#flagsOf = stream;
    this.#flagsAt = payload - FRAME_HEADER + 4;
  }

  /** Ends the stream by the frame just written, where that was its own and has not left; false otherwise. */
  endLast(stream: number): boolean {
    if (this.#flagsOf !== stream) return false;
    this.#slab[this.#flagsAt] = (this.#slab[this.#flagsAt] ?? 0) | Flag.END_STREAM;
    this.#flagsOf = 0;
    return true;
  }

  reset(stream: number, code: number): void {
    this.#number(this.#frame(FrameType.RST_STREAM, 0, stream, 4), code);
  }

  settings(values: readonly (readonly [id: number, value: number])[]): void {
    let at = this.#frame(FrameType.SETTINGS, 0, 0, values.length * 6);
    for (const [id, value] of values) {
      this.#slab[at] = id >>> 8;
      this.#slab[at + 1] = id & 0xff;
      this.#number(at + 2, value);
      at += 6;
    }
  }

  settingsAck(): void {
    this.#frame(FrameType.SETTINGS, Flag.ACK, 0, 0);
  }

  ping(ack: boolean, bytes: Buffer, from: number): void {
    const at = this.#frame(FrameType.PING, ack ? Flag.ACK : 0, 0, 8);
    bytes.copy(this.#slab, at, from, from + 8);
  }

  goAway(last: number, code: number, debug: string): void {
    const at = this.#frame(FrameType.GOAWAY, 0, 0, 8 + debug.length);
    this.#number(at, last);
    this.#number(at + 4, code);
    this.#slab.write(debug, at + 8, 'latin1');
  }

  windowUpdate(stream: number, increment: number): void {
    this.#number(this.#frame(FrameType.WINDOW_UPDATE, 0, stream, 4), increment);
  }
}
