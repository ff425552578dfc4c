/**
 * An HTTP/2 connection (RFC 9113), either side of it, sans I/O: octets in, calls out; what is to be sent collects in `writer` until it is
 * taken. It keeps the state that its streams share: header compression, windows, the order of streams, and how much trouble its peer has
 * made. No socket, no clock; what the messages on its streams mean, others know.
 *
 * It never pushes and lets nobody push, offers no extended CONNECT, and disregards priorities.
 */
import type { Headers } from '#model/headers.ts';
import { CONNECTION_WINDOW, ConnectionWindow } from './connection-window.ts';
import type { FieldBlock } from './field.ts';
import { DEFAULT_FLOOD_LIMITS, FloodGuard } from './flood-guard.ts';
import { FrameReader, type FrameSink } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';
import { DEFAULT_WINDOW, MAX_WINDOW, PREFACE, Setting } from './frames.ts';
import { HpackDecoder } from './hpack-decoder.ts';
import { HpackEncoder } from './hpack-encoder.ts';
import { ErrorCode, Http2Fault } from './http2-fault.ts';
import { DEFAULT_SETTINGS, readSettings } from './settings.ts';
import { Http2Stream, STREAM_WINDOW } from './stream.ts';

export interface ConnectionHandler {
  /** A server's peer has begun a stream; its handler is to be set before this returns. */
  opened(stream: Http2Stream, block: FieldBlock, end: boolean): void;
  /** The peer has said, for the first time or again, what it allows; or a stream has ended: perhaps another may be opened. */
  freed(): void;
  /** The peer takes no more streams. */
  goingAway(): void;
  /** The peer broke the rules: GOAWAY is written, all streams are over, nothing is read any more. */
  failed(code: number, message: string): void;
  /** There is something to take from `writer`. */
  output(): void;
}

/** Streams of a client at a time. */
const MAX_STREAMS = 256;
/** No more data is framed while so much waits to be taken. More than any socket buffers without asking to wait. */
const OUTPUT_LIMIT = 256 * 1024;
const LIMITS = { size: 64 * 1024, fields: 1000 };
/** Until the peer has said how many it takes, which it does first thing: a request refused for that could not always be sent again. */
const FIRST_STREAMS = 1;
const LAST_STREAM = 0x7fff_fffd;

const SETTINGS = {
  server: [
    [Setting.MAX_CONCURRENT_STREAMS, MAX_STREAMS],
    [Setting.INITIAL_WINDOW_SIZE, STREAM_WINDOW],
    [Setting.MAX_HEADER_LIST_SIZE, LIMITS.size],
  ],
  client: [
    [Setting.ENABLE_PUSH, 0],
    [Setting.INITIAL_WINDOW_SIZE, STREAM_WINDOW],
    [Setting.MAX_HEADER_LIST_SIZE, LIMITS.size],
  ],
} as const;

export class Connection implements FrameSink {
  readonly writer: FrameWriter;
  readonly streams = new Map<number, Http2Stream>();
  /** The driver's buffer is full: no data until it says otherwise, and calls `pump`. */
  congested = false;
  /** The peer's first SETTINGS have come. */
  settled = false;
  readonly role: 'server' | 'client';
  /** What comes, for streams that keep some of it. */
  readonly window = new ConnectionWindow((increment) => this.writer.windowUpdate(0, increment));
  readonly #handler: ConnectionHandler;
  readonly #reader: FrameReader;
  readonly #decoder = new HpackDecoder(LIMITS);
  readonly #encoder = new HpackEncoder();
  readonly #control = new FloodGuard(
    DEFAULT_FLOOD_LIMITS.control,
    'There are too many frames that lead to nothing.',
  );
  readonly #resets = new FloodGuard(DEFAULT_FLOOD_LIMITS.resets, 'Too many streams are cancelled or faulty.');
  #peer = { ...DEFAULT_SETTINGS, maxStreams: FIRST_STREAMS };
  #now = 0;
  #over = false;
  #goingAway = false;
  /** The peer's latest stream (server), or the next of ours (client). */
  #latest = 0;
  #next = 1;
  #sendWindow = DEFAULT_WINDOW;
  /** Streams that have octets to send, in turn. */
  readonly #waiting = new Set<Http2Stream>();

  constructor(role: 'server' | 'client', handler: ConnectionHandler) {
    this.role = role;
    this.#handler = handler;
    this.writer = new FrameWriter(() => handler.output());
    this.#reader = new FrameReader(this, role === 'server');
    if (role === 'client') this.writer.raw(PREFACE);
    this.writer.settings(SETTINGS[role]);
    this.writer.windowUpdate(0, CONNECTION_WINDOW - DEFAULT_WINDOW);
  }

  /** Nothing is read or written any more. */
  get over(): boolean {
    return this.#over;
  }

  /** Stays the same as long as the same frame or header block has begun and is not whole; 0 when there is none. */
  get unfinished(): number {
    return this.#reader.unfinished;
  }

  /** A client's side: the connection takes more streams, now or when others have ended. */
  get usable(): boolean {
    return !this.#over && !this.#goingAway && this.#next < LAST_STREAM;
  }

  /** A client's side: another stream may be opened now. */
  get available(): boolean {
    return this.usable && this.streams.size < this.#peer.maxStreams;
  }

  /** Octets from the peer, at `now` in ms of any clock. */
  push(bytes: Buffer, now: number): void {
    if (this.#over) return;
    this.#now = now;
    try {
      this.#reader.push(bytes);
    } catch (error) {
      if (!(error instanceof Http2Fault)) throw error;
      this.#fail(error);
    }
  }

  #fail({ code, message }: Http2Fault): void {
    if (this.#over) return;
    this.#over = true;
    this.#reader.stop();
    this.writer.goAway(this.#latest, code, message);
    for (const stream of this.streams.values()) {
      stream.lost({ code, by: 'fault', unprocessed: false, message });
    }
    this.#handler.failed(code, message);
  }

  /** Ends the connection as one whose peer broke the rules. */
  giveUp(message: string): void {
    this.#fail(new Http2Fault('ENHANCE_YOUR_CALM', message));
  }

  /** The peer says no more: what it had not said to its end is over. */
  peerEnded(): void {
    this.#goingAway = true;
    for (const stream of this.streams.values()) {
      if (!stream.remoteDone) stream.lost({ code: undefined, by: 'peer', unprocessed: false, message: '' });
    }
  }

  /** Ends all streams; the peer is told. */
  resetAll(): void {
    for (const stream of this.streams.values()) stream.reset(ErrorCode.CANCEL);
  }

  /** The connection is gone. */
  ended(): void {
    if (this.#over) return;
    this.#over = true;
    this.#reader.stop();
    for (const stream of this.streams.values()) {
      stream.lost({ code: undefined, by: 'peer', unprocessed: false, message: '' });
    }
  }

  /** Says that no more streams are taken (RFC 9113 §6.8); those under way go on. */
  leave(): void {
    if (this.#over || this.#goingAway) return;
    this.#goingAway = true;
    this.writer.goAway(this.#latest, ErrorCode.NO_ERROR, '');
  }

  /** Opens a stream, as a client; only while `available`. Its head is to be sent at once. */
  open(): Http2Stream {
    const stream = new Http2Stream(this, this.#next, this.#peer.initialWindow);
    this.#next += 2;
    this.streams.set(stream.id, stream);
    return stream;
  }

  /** Lets streams send what waits, in turn, a frame at a time. */
  pump(): void {
    if (this.#waiting.size === 0) return;
    const stuck: Http2Stream[] = [];
    const drained: Http2Stream[] = [];
    for (const stream of this.#waiting) {
      if (this.room() <= 0) break;
      this.#waiting.delete(stream);
      const sent = stream.sendWaiting();
      // Added again, it comes after all others.
      if (!stream.waiting) drained.push(stream);
      else if (sent) this.#waiting.add(stream);
      else stuck.push(stream);
    }
    for (const stream of stuck) this.#waiting.add(stream);
    for (const stream of drained) if (!stream.closed) stream.handler.drained();
  }

  // What streams call.

  wait(stream: Http2Stream): void {
    this.#waiting.add(stream);
  }

  /** Octets of data that may be sent now. */
  room(): number {
    return this.congested || this.writer.length > OUTPUT_LIMIT ? 0 : this.#sendWindow;
  }

  writeData(stream: number, bytes: Buffer, from: number, to: number, end: boolean): void {
    this.#sendWindow -= to - from;
    // Each makes a window update or two likely.
    this.#control.earn(2);
    this.writer.data(stream, bytes, from, to, end);
  }

  writeHeaders(stream: Http2Stream, pseudo: Headers, headers: Headers, end: boolean): void {
    this.writer.headers(stream.id, this.#encoder.encode(pseudo, headers), end);
  }

  forget(stream: Http2Stream): void {
    this.streams.delete(stream.id);
    this.#waiting.delete(stream);
    this.#handler.freed();
  }

  /** A stream was ended for a fault of the peer. @throws Http2Fault when that happens too often. */
  faulty(): void {
    this.#resets.spend(this.#now);
  }

  // What the reader calls.

  data(id: number, bytes: Buffer, overhead: number, end: boolean): void {
    const octets = bytes.length + overhead;
    this.window.arrived(octets);
    if (bytes.length === 0 && !end) this.#control.spend(this.#now);
    else this.#control.earn(1);
    const stream = this.#known(id, 'DATA');
    if (stream === undefined) this.#control.spend(this.#now);
    else if (stream.remoteDone) stream.fault(ErrorCode.STREAM_CLOSED, 'data after its end');
    else stream.receiveData(bytes, overhead, end);
    this.window.dealtWith(octets);
  }

  headers(id: number, bytes: Buffer, at: number, to: number, end: boolean): void {
    // Read even where nobody wants it: the table is shared.
    const block = this.#decoder.decode(bytes, at, to);
    const stream = this.streams.get(id);
    if (stream !== undefined) {
      if (stream.remoteDone) stream.fault(ErrorCode.STREAM_CLOSED, 'fields after its end');
      else stream.receiveFields(block, end);
      return;
    }
    if (this.role === 'client' || id <= this.#latest) {
      this.#known(id, 'HEADERS');
      this.#control.spend(this.#now);
      return;
    }
    if (id % 2 === 0) throw new Http2Fault('PROTOCOL_ERROR', `A client cannot open stream ${id}.`);
    this.#latest = id;
    if (this.#goingAway || this.streams.size >= MAX_STREAMS) {
      this.writer.reset(id, ErrorCode.REFUSED_STREAM);
      this.faulty();
      return;
    }
    this.#accept(id, block, end);
  }

  #accept(id: number, block: FieldBlock, end: boolean): void {
    const stream = new Http2Stream(this, id, this.#peer.initialWindow);
    stream.headDone = true;
    this.streams.set(id, stream);
    this.#handler.opened(stream, block, end);
    if (end && !stream.closed) stream.receiveEnd();
  }

  /** The stream; undefined when it is over. One that never was is a fault (RFC 9113 §5.1). */
  #known(id: number, frame: string): Http2Stream | undefined {
    const stream = this.streams.get(id);
    if (stream !== undefined) return stream;
    const began =
      this.role === 'server' ? id % 2 === 1 && id <= this.#latest : id % 2 === 1 && id < this.#next;
    if (!began) throw new Http2Fault('PROTOCOL_ERROR', `${frame} on stream ${id}, which does not exist.`);
    return undefined;
  }

  priority(): void {
    this.#control.spend(this.#now);
  }

  unknown(): void {
    this.#control.spend(this.#now);
  }

  reset(id: number, code: number): void {
    const stream = this.#known(id, 'RST_STREAM');
    if (stream === undefined) {
      this.#control.spend(this.#now);
      return;
    }
    stream.receiveReset(code);
    if (this.role === 'server') this.#resets.spend(this.#now);
  }

  settings(ack: boolean, bytes: Buffer, at: number, to: number): void {
    if (this.settled) this.#control.spend(this.#now);
    if (ack) return;
    const before = this.settled ? this.#peer : DEFAULT_SETTINGS;
    const peer = readSettings(before, bytes, at, to);
    const change = peer.initialWindow - this.#peer.initialWindow;
    this.#peer = peer;
    this.settled = true;
    this.#encoder.setTableSize(peer.headerTableSize);
    this.writer.settingsAck();
    if (change !== 0) this.#moveWindows(change);
    this.#handler.freed();
  }

  /** RFC 9113 §6.9.2: of streams that are open too, below nought if need be. */
  #moveWindows(change: number): void {
    for (const stream of this.streams.values()) {
      stream.sendWindow += change;
      if (stream.sendWindow > MAX_WINDOW)
        throw new Http2Fault('FLOW_CONTROL_ERROR', 'A window is too large.');
    }
    this.pump();
  }

  ping(ack: boolean, bytes: Buffer, at: number): void {
    this.#control.spend(this.#now);
    if (!ack) this.writer.ping(true, bytes, at);
  }

  goAway(last: number, code: number, debug: string): void {
    this.#control.spend(this.#now);
    this.#goingAway = true;
    const message = debug === '' ? '' : `it says "${debug}"`;
    for (const stream of this.streams.values()) {
      if (this.role === 'client' && stream.id > last)
        stream.lost({ code, by: 'peer', unprocessed: true, message });
    }
    this.#handler.goingAway();
  }

  windowUpdate(id: number, increment: number): void {
    this.#control.spend(this.#now);
    if (id === 0) {
      if (increment === 0) throw new Http2Fault('PROTOCOL_ERROR', 'WINDOW_UPDATE adds nothing.');
      this.#sendWindow += increment;
      if (this.#sendWindow > MAX_WINDOW) throw new Http2Fault('FLOW_CONTROL_ERROR', 'A window is too large.');
      this.pump();
      return;
    }
    const stream = this.#known(id, 'WINDOW_UPDATE');
    if (stream === undefined) return;
    stream.sendWindow += increment;
    if (increment === 0) stream.fault(ErrorCode.PROTOCOL_ERROR, 'WINDOW_UPDATE adds nothing');
    else if (stream.sendWindow > MAX_WINDOW)
      stream.fault(ErrorCode.FLOW_CONTROL_ERROR, 'its window is too large');
    else if (stream.waiting) this.pump();
  }
}
