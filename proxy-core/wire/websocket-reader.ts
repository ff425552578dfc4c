/**
 * Reads one direction of a WebSocket as an onlooker (RFC 6455 §5), sans I/O: octets in any division, messages out, control frames among
 * them in their order. What breaks the specification is named in the message's `flaw` and read all the same; it throws nothing, and what
 * ceases to be frames is said once and then ignored. Time is linear in the octets; of each message no more is held than its limit.
 * Compressed messages (RFC 7692) are given as they stood, see message-inflater.ts.
 */
import type { Message } from '#model/session.ts';
import { PayloadBuffer } from './payload-buffer.ts';
import { turnKey } from './unmask.ts';
import { validUtf8 } from './utf8.ts';
import { closeCodeOf, closeFlaws, FLAW, flawText } from './websocket-flaws.ts';

/** `data` of a compressed message is compressed still. `wireSize` is there where `data` was cut. */
export type SeenMessage = Omit<Message, 'index' | 'direction' | 'at' | 'event'>;

/** A data message of which not all has come. */
export interface OpenMessage {
  readonly opcode: number;
  /** Octets of payload so far. */
  readonly size: number;
  /** Octets there will be, known once the last frame has begun. */
  readonly total?: number;
  readonly fragments: number;
}

export interface WebSocketHandler {
  message(message: SeenMessage): void;
  /** After each push that leaves a data message unfinished. */
  progress?(open: OpenMessage): void;
}

export interface WebSocketReaderOptions {
  /** Clients mask, servers do not. */
  readonly sender: 'client' | 'server';
  /** Whether permessage-deflate was agreed on: then RSV1 of a message's first frame marks it as compressed. */
  readonly deflate?: boolean;
  /** Octets of payload kept of one message; 16 MiB when absent. */
  readonly maxBytes?: number;
}

export const DEFAULT_MESSAGE_BYTES = 16 * 1024 * 1024;

const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PONG = 10;
const RSV1 = 0x40;
/** So many frames in a row, each wrong in two ways at least, are no frames. One wrong in one way is somebody's test. */
const ODD_FRAMES = 4;

interface Assembly {
  readonly opcode: number;
  readonly compressed: boolean;
  readonly payload: PayloadBuffer;
  fragments: number;
  flaws: number;
}

interface FrameHead {
  readonly first: number;
  readonly masked: boolean;
  readonly key: number;
  readonly length: number;
  /** Whether the length stands in the shortest form it has. */
  readonly shortest: boolean;
}

/** Octets of the frame head at bytes[at], 0 while too little of it is there to tell. */
function headSize(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < 2) return 0;
  const second = bytes[at + 1] ?? 0;
  const length = second & 0x7f;
  return 2 + (length < 126 ? 0 : length === 126 ? 2 : 8) + (second & 0x80 ? 4 : 0);
}

function uint(bytes: Uint8Array, at: number, octets: number): number {
  let value = 0;
  for (let i = at; i < at + octets; i++) value = value * 256 + (bytes[i] ?? 0);
  return value;
}

function parseHead(bytes: Uint8Array, at: number): FrameHead {
  const second = bytes[at + 1] ?? 0;
  const short = second & 0x7f;
  const extra = short < 126 ? 0 : short === 126 ? 2 : 8;
  const length = extra === 0 ? short : uint(bytes, at + 2, extra);
  const masked = (second & 0x80) !== 0;
  return {
    first: bytes[at] ?? 0,
    masked,
    key: masked ? uint(bytes, at + 2 + extra, 4) : 0,
    length,
    shortest: extra === 0 || length >= (extra === 2 ? 126 : 0x10000),
  };
}

/** Whether more than one bit is set. */
const several = (bits: number) => (bits & (bits - 1)) !== 0;

export class WebSocketReader {
  readonly #handler: WebSocketHandler;
  readonly #masks: boolean;
  readonly #deflate: boolean;
  readonly #maxBytes: number;
  /** A frame head that came in pieces. */
  readonly #head = new Uint8Array(14);
  #held = 0;
  /** The message that the frame in hand belongs to; between frames undefined. */
  #frame: Assembly | undefined;
  #key = 0;
  #left = 0;
  #final = true;
  /** The data message under way. */
  #open: Assembly | undefined;
  #closed = false;
  #odd = 0;
  #lost = false;

  constructor(handler: WebSocketHandler, options: WebSocketReaderOptions) {
    this.#handler = handler;
    this.#masks = options.sender === 'client';
    this.#deflate = options.deflate ?? false;
    this.#maxBytes = options.maxBytes ?? DEFAULT_MESSAGE_BYTES;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length && !this.#lost) {
      at = this.#frame === undefined ? this.#readHead(chunk, at) : this.#readPayload(this.#frame, chunk, at);
    }
    if (this.#open !== undefined) this.#progress(this.#open);
  }

  /** The direction has ended: what is unfinished is given as far as it came. */
  finish(): void {
    if (this.#lost) return;
    this.#lost = true;
    if (this.#frame !== undefined && this.#frame !== this.#open) this.#emit(this.#frame, FLAW.truncated);
    if (this.#open !== undefined) this.#emit(this.#open, FLAW.truncated);
  }

  #progress({ opcode, payload, fragments }: Assembly): void {
    const last = this.#final && this.#frame === this.#open;
    const total = last ? { total: payload.size + this.#left } : {};
    this.#handler.progress?.({ opcode, size: payload.size, fragments, ...total });
  }

  #readHead(chunk: Uint8Array, from: number): number {
    if (this.#held === 0) {
      const size = headSize(chunk, from, chunk.length);
      if (size > 0 && from + size <= chunk.length) {
        this.#begin(parseHead(chunk, from));
        return from + size;
      }
    }
    let at = from;
    while (at < chunk.length) {
      this.#head[this.#held++] = chunk[at++] ?? 0;
      if (this.#held !== headSize(this.#head, 0, this.#held)) continue;
      this.#held = 0;
      this.#begin(parseHead(this.#head, 0));
      break;
    }
    return at;
  }

  #begin(head: FrameHead): void {
    const opcode = head.first & 0x0f;
    const control = opcode >= CLOSE;
    let flaws = this.#headFlaws(head, opcode);
    this.#odd = several(flaws) ? this.#odd + 1 : 0;
    if (this.#odd >= ODD_FRAMES || !Number.isSafeInteger(head.length)) {
      this.#lose(opcode);
      return;
    }
    if (this.#closed) flaws |= FLAW.afterClose;
    this.#final = control || (head.first & 0x80) !== 0;
    this.#key = head.key;
    this.#left = head.length;
    this.#frame = control ? this.#assemble(opcode, false) : this.#dataMessage(head.first, opcode);
    this.#frame.fragments += 1;
    this.#frame.flaws |= flaws;
    if (head.length === 0) this.#endFrame(this.#frame);
  }

  #headFlaws({ first, masked, length, shortest }: FrameHead, opcode: number): number {
    const control = opcode >= CLOSE;
    const allowed = this.#deflate && (opcode === TEXT || opcode === BINARY) ? RSV1 : 0;
    let flaws = shortest ? 0 : FLAW.longLength;
    if (masked !== this.#masks) flaws |= masked ? FLAW.masked : FLAW.unmasked;
    if ((first & 0x70 & ~allowed) !== 0) flaws |= FLAW.reservedBits;
    if (opcode > PONG || (opcode > BINARY && !control)) flaws |= FLAW.reservedOpcode;
    if (opcode === 0 && this.#open === undefined) flaws |= FLAW.strayContinuation;
    if (control && length > 125) flaws |= FLAW.longControl;
    if (control && (first & 0x80) === 0) flaws |= FLAW.fragmentedControl;
    return flaws;
  }

  #assemble(opcode: number, compressed: boolean): Assembly {
    return { opcode, compressed, payload: new PayloadBuffer(this.#maxBytes), fragments: 0, flaws: 0 };
  }

  /** The message that a data frame belongs to: the open one for continuations, else a new one. */
  #dataMessage(first: number, opcode: number): Assembly {
    const open = this.#open;
    if (opcode === 0 && open !== undefined) return open;
    if (open !== undefined) this.#emit(open, FLAW.interrupted);
    const compressed = this.#deflate && (opcode === TEXT || opcode === BINARY) && (first & RSV1) !== 0;
    this.#open = this.#assemble(opcode, compressed);
    return this.#open;
  }

  #readPayload(frame: Assembly, chunk: Uint8Array, from: number): number {
    const to = Math.min(chunk.length, from + this.#left);
    frame.payload.append(chunk, from, to, this.#key);
    this.#key = turnKey(this.#key, to - from);
    this.#left -= to - from;
    if (this.#left === 0) this.#endFrame(frame);
    return to;
  }

  #endFrame(frame: Assembly): void {
    this.#frame = undefined;
    if (frame.opcode === CLOSE) this.#closed = true;
    if (this.#final) this.#emit(frame, 0);
  }

  /** `unfinished`: the flaw that ended the message too early, 0 when it is whole. */
  #emit(assembly: Assembly, unfinished: number): void {
    if (assembly === this.#open) this.#open = undefined;
    const { opcode, compressed, fragments, payload } = assembly;
    const { size, cut } = payload;
    const data = payload.take();
    const partial = cut || unfinished !== 0;
    let flaws = assembly.flaws | unfinished;
    const message: SeenMessage = { opcode, data };
    if (opcode === TEXT && !compressed && !validUtf8(data, partial)) flaws |= FLAW.utf8;
    if (opcode === CLOSE) {
      flaws |= closeFlaws(data, partial);
      const closeCode = closeCodeOf(data);
      if (closeCode !== undefined) message.closeCode = closeCode;
    }
    if (fragments > 1) message.fragments = fragments;
    if (cut) message.wireSize = size;
    if (compressed) message.compressed = true;
    const flaw = flawText(flaws);
    if (flaw !== undefined) message.flaw = flaw;
    this.#handler.message(message);
  }

  #lose(opcode: number): void {
    this.#lost = true;
    if (this.#open !== undefined) this.#emit(this.#open, FLAW.interrupted);
    this.#emit(this.#assemble(opcode, false), FLAW.noFrames);
  }
}
