/**
 * One stream of an HTTP/2 connection (RFC 9113 §5): its two halves, its windows, and what waits in either direction. The connection
 * (connection.ts) reads frames and calls `receive...`; whoever owns the stream calls the rest and hears through its handler. Never ends a
 * stream's data before it resets it: a message that breaks off cannot be taken for whole.
 */
import type { Headers } from '#model/headers.ts';
import { ByteQueue } from './byte-queue.ts';
import type { Connection } from './connection.ts';
import type { Field, FieldBlock } from './field.ts';
import { MAX_FRAME_SIZE } from './frames.ts';
import { ErrorCode } from './http2-fault.ts';
import { trailersFault } from './message-rules.ts';

/** Why a stream is over before its end. */
export interface StreamReset {
  /** RFC 9113 §7; undefined when the connection just ended. */
  readonly code: number | undefined;
  /** Who said so: the peer, or this side because of a fault of the peer. */
  readonly by: 'peer' | 'fault';
  /** The peer has not begun to work on it (RFC 9113 §8.7). */
  readonly unprocessed: boolean;
  /** For people; empty when the code says it all. */
  readonly message: string;
}

/** What the peer's side of a stream tells. After `receivedReset` nothing more comes. */
export interface StreamHandler {
  /** A field block before the stream's `headDone` is set: a response, interim or final. */
  receivedHead(block: FieldBlock, end: boolean): void;
  receivedData(bytes: Buffer): void;
  receivedEnd(trailers: readonly Field[]): void;
  receivedReset(reason: StreamReset): void;
  /** All that was written is on its way. */
  drained(): void;
  /** From time to time, in ms of any clock, to find out whether it stands still; the driver calls it. */
  sweep(now: number): void;
}

/** What the peer may have under way on one stream: at first, and once it has shown that it is read. */
export const STREAM_WINDOW = 256 * 1024;
const MAX_STREAM_WINDOW = 1024 * 1024;

const NOTHING = Buffer.alloc(0);
const NO_HANDLER: StreamHandler = {
  receivedHead() {},
  receivedData() {},
  receivedEnd() {},
  receivedReset() {},
  drained() {},
  sweep() {},
};

export class Http2Stream {
  readonly id: number;
  readonly #connection: Connection;
  handler: StreamHandler = NO_HANDLER;
  /** What comes next in field blocks are trailers. */
  headDone = false;
  /** Counts up with all that moves either way, for time limits. */
  progress = 0;
  closed = false;
  sendWindow: number;
  #localDone = false;
  #remoteDone = false;
  // Sending.
  #waiting: ByteQueue | undefined;
  #ending = false;
  #trailers: Headers = [];
  #resetAfter: number | undefined;
  // Receiving.
  #window = STREAM_WINDOW;
  #windowTarget = STREAM_WINDOW;
  #unacknowledged = 0;
  #wasPaused = false;
  #paused = false;
  #held: ByteQueue | undefined;
  #heldEnd: readonly Field[] | undefined;
  #expected: number | undefined;
  #received = 0;

  constructor(connection: Connection, id: number, sendWindow: number) {
    this.#connection = connection;
    this.id = id;
    this.sendWindow = sendWindow;
  }

  /** The peer has said all. */
  get remoteDone(): boolean {
    return this.#remoteDone;
  }

  /** All is said to the peer, or will be as soon as windows allow. */
  get localDone(): boolean {
    return this.#localDone || this.#ending;
  }

  /** Octets wait for the peer to take them. */
  get waiting(): boolean {
    return this.#waiting !== undefined && this.#waiting.length > 0;
  }

  get paused(): boolean {
    return this.#paused;
  }

  // To the peer.

  /** Names in small letters. */
  sendHead(pseudo: Headers, headers: Headers, end: boolean): void {
    if (this.closed || this.#localDone) return;
    this.#connection.writeHeaders(this, pseudo, headers, end);
    if (end) this.#endLocal();
  }

  /** False: wait for `drained` before more. */
  write(bytes: Buffer): boolean {
    if (this.closed || this.localDone || bytes.length === 0) return true;
    const at = this.waiting ? 0 : this.#send(bytes, false);
    if (at === bytes.length) return true;
    this.#waiting ??= new ByteQueue();
    this.#waiting.push(at === 0 ? bytes : bytes.subarray(at));
    this.#connection.wait(this);
    return false;
  }

  end(trailers: Headers = []): void {
    if (this.closed || this.localDone) return;
    this.#trailers = trailers;
    if (this.waiting) this.#ending = true;
    else this.#sendEnd();
  }

  /** Ends the stream at once; what it holds is not wanted either. */
  reset(code: number): void {
    this.discard();
    if (this.closed) return;
    this.#connection.writer.reset(this.id, code);
    this.#close();
  }

  /** Once everything is said, tells the peer that the rest of what it has to say is not wanted (RFC 9113 §8.1). */
  resetAfter(code: number): void {
    if (this.closed || this.#remoteDone) return;
    if (this.#localDone) this.reset(code);
    else this.#resetAfter = code;
  }

  /** As many octets as windows and the connection allow now; answers how many. */
  #send(bytes: Buffer, end: boolean): number {
    let at = 0;
    while (at < bytes.length) {
      const room = Math.min(this.sendWindow, this.#connection.room(), MAX_FRAME_SIZE, bytes.length - at);
      if (room <= 0) break;
      this.sendWindow -= room;
      const last = end && at + room === bytes.length;
      this.#connection.writeData(this.id, bytes, at, at + room, last);
      at += room;
      this.progress += 1;
    }
    return at;
  }

  /** The connection lets it go on: at most one frame. Answers whether anything went. */
  sendWaiting(): boolean {
    const waiting = this.#waiting;
    if (waiting === undefined || waiting.length === 0 || this.closed) return false;
    const room = Math.min(this.sendWindow, this.#connection.room(), MAX_FRAME_SIZE);
    const piece = waiting.shift(room);
    if (piece === undefined) return false;
    const last = waiting.length === 0 && this.#ending && this.#trailers.length === 0;
    this.#send(piece, last);
    if (waiting.length > 0) return true;
    this.#waiting = undefined;
    if (last) this.#endLocal();
    else if (this.#ending) this.#sendEnd();
    return true;
  }

  #sendEnd(): void {
    const { writer } = this.#connection;
    if (this.#trailers.length > 0) this.#connection.writeHeaders(this, [], this.#trailers, true);
    else if (!writer.endLast(this.id)) writer.data(this.id, NOTHING, 0, 0, true);
    this.#endLocal();
  }

  #endLocal(): void {
    this.#localDone = true;
    if (this.#remoteDone) this.#close();
    else if (this.#resetAfter !== undefined) this.reset(this.#resetAfter);
  }

  // From the peer.

  /** The length that the head gave to the body: another is a fault (RFC 9113 §8.1.1). */
  expect(length: number | undefined): void {
    this.#expected = length;
  }

  pause(): void {
    this.#paused = true;
    this.#wasPaused = true;
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    const held = this.#held;
    while (held !== undefined && !this.#paused) {
      const piece = held.shift(held.length);
      if (piece === undefined) break;
      this.#connection.window.released(piece.length);
      this.handler.receivedData(piece);
      this.#acknowledge(piece.length);
    }
    if (this.#paused || this.#heldEnd === undefined) return;
    const trailers = this.#heldEnd;
    this.#heldEnd = undefined;
    this.handler.receivedEnd(trailers);
  }

  /** What it holds is not wanted. */
  discard(): void {
    const octets = this.#held?.length ?? 0;
    if (octets > 0) this.#connection.window.released(octets);
    this.#held?.clear();
    this.#heldEnd = undefined;
  }

  /** Called by the connection alone, as all of `receive...`. */
  receiveData(bytes: Buffer, overhead: number, end: boolean): void {
    const { length } = bytes;
    this.progress += 1;
    this.#window -= length + overhead;
    if (this.#window < 0) {
      this.fault(ErrorCode.FLOW_CONTROL_ERROR, 'more data than the window allows');
      return;
    }
    this.#received += length;
    if (this.#expected !== undefined) {
      const wrong = end ? this.#received !== this.#expected : this.#received > this.#expected;
      if (wrong) {
        this.#wrongLength();
        return;
      }
    }
    if (overhead > 0) this.#acknowledge(overhead);
    if (length > 0) this.#take(bytes);
    if (end && !this.closed) this.#endRemote([]);
  }

  #take(bytes: Buffer): void {
    if (this.#paused) {
      this.#held ??= new ByteQueue();
      this.#held.push(bytes);
      this.#connection.window.holds(bytes.length);
      return;
    }
    this.handler.receivedData(bytes);
    this.#acknowledge(bytes.length);
  }

  #wrongLength(): void {
    const { PROTOCOL_ERROR } = ErrorCode;
    this.fault(PROTOCOL_ERROR, `the body is not the ${this.#expected ?? 0} octets that Content-Length says`);
  }

  receiveFields(block: FieldBlock, end: boolean): void {
    this.progress += 1;
    if (!this.headDone) {
      this.handler.receivedHead(block, end);
      if (end && !this.closed) this.#endChecked([]);
      return;
    }
    if (!end) {
      this.fault(ErrorCode.PROTOCOL_ERROR, 'fields in the middle of a body');
      return;
    }
    const wrong = trailersFault(block);
    if (wrong === undefined) this.#endChecked(block.fields);
    else this.fault(ErrorCode.PROTOCOL_ERROR, wrong);
  }

  /** The head was all. */
  receiveEnd(): void {
    this.#endChecked([]);
  }

  #endChecked(trailers: readonly Field[]): void {
    if (this.#expected !== undefined && this.#received !== this.#expected) this.#wrongLength();
    else this.#endRemote(trailers);
  }

  #endRemote(trailers: readonly Field[]): void {
    this.#remoteDone = true;
    if (this.#localDone) this.#close();
    if (this.#held !== undefined && this.#held.length > 0) this.#heldEnd = trailers;
    else this.handler.receivedEnd(trailers);
  }

  receiveReset(code: number): void {
    if (this.#remoteDone && this.#connection.role === 'client') {
      // The answer was whole before; the rest of the question is not wanted.
      this.#waiting = undefined;
      this.#localDone = true;
      this.#close();
      return;
    }
    const unprocessed = code === ErrorCode.REFUSED_STREAM;
    this.lost({ code, by: 'peer', unprocessed, message: '' });
  }

  /** Over by a fault of the peer: it is told, and the handler too. */
  fault(code: number, message: string): void {
    if (this.closed) return;
    this.#connection.writer.reset(this.id, code);
    this.#close();
    this.#tell({ code, by: 'fault', unprocessed: false, message });
    this.#connection.faulty();
  }

  /** Over without a word to the peer. */
  lost(reason: StreamReset): void {
    if (this.closed) return;
    this.#close();
    this.#tell(reason);
  }

  /** What had come is handed on first, to be kept. */
  #tell(reason: StreamReset): void {
    const held = this.#held;
    this.#held = undefined;
    this.#heldEnd = undefined;
    for (let piece = held?.shift(held.length); piece; piece = held?.shift(held.length)) {
      this.#connection.window.released(piece.length);
      this.handler.receivedData(piece);
    }
    this.handler.receivedReset(reason);
  }

  #acknowledge(octets: number): void {
    if (this.#remoteDone || this.closed) return;
    this.#unacknowledged += octets;
    if (this.#unacknowledged < this.#windowTarget / 2) return;
    let increment = this.#unacknowledged;
    if (!this.#wasPaused && this.#windowTarget < MAX_STREAM_WINDOW) {
      increment += this.#windowTarget;
      this.#windowTarget *= 2;
    }
    this.#wasPaused = this.#paused;
    this.#unacknowledged = 0;
    this.#window += increment;
    this.#connection.writer.windowUpdate(this.id, increment);
  }

  #close(): void {
    this.closed = true;
    this.#waiting = undefined;
    this.#connection.forget(this);
  }
}
