/**
 * A client's connection on which HTTP/1.1 is spoken: requests are read one after the other, the next only when the one before has been
 * answered (RFC 9112 §9.3.2), and answers written. It decides when the connection ends; what a request is for, others decide.
 */
import type { Socket } from 'node:net';
import type { HeaderPair } from '#model/headers.ts';
import type { RequestHead } from '#model/session.ts';
import { type MessageReader, requestReader, type WireRequestHead } from '../../wire/message-reader.ts';
import type { WireError } from '../../wire/wire-error.ts';
import type { Client } from './client.ts';
import type { EngineContext } from './context.ts';
import type { Limited } from './deadlines.ts';
import { duringEvent, Gather } from './gather.ts';
import { Http1Stream } from './http1-stream.ts';
import { rejectionOf, SLOW_HEAD } from './rejection.ts';
import type { Framing, GivenAway, Rejection } from './streams.ts';
import { MAX_EXTENSIONS } from './trailers.ts';

/** How long, and how much, a client may go on sending after an answer that ends its connection (RFC 9112 §9.6). */
const LINGER_MS = 2000;
const LINGER_BYTES = 4 * 1024 * 1024;

/** What a connection does with the requests on it. */
export interface RequestSink {
  /** A request's head is there; the sink sets `stream.handler` before it returns. */
  request(stream: Http1Stream, head: RequestHead, framing: Framing): void;
  /** A CONNECT; the sink takes the connection over or answers. */
  connect(connection: ClientHttp1, stream: Http1Stream, head: RequestHead): void;
  /** What came is not a request; `connection.unread` is what was received of it. The sink answers with `connection.refuse`. */
  malformed(connection: ClientHttp1, rejection: Rejection): void;
}

export class ClientHttp1 implements Limited {
  readonly client: Client;
  readonly socket: Socket;
  readonly out: Gather;
  deadline = Number.POSITIVE_INFINITY;
  readonly #context: EngineContext;
  readonly #sink: RequestSink;
  readonly #reader: MessageReader<WireRequestHead>;
  #current: Http1Stream | undefined;
  #headSince = 0;
  #socketPaused = false;
  #readerPaused = false;
  #ended = false;
  /** Octets read and thrown away after the last answer; undefined before that. No request begins any more once it is set. */
  #lingered: number | undefined;
  /** Since when, and with how much unsent, the peer has taken nothing of what was written. */
  #unsent = { octets: 0, since: 0 };
  #trailers: HeaderPair[] = [];
  #extensions: string[] = [];

  constructor(context: EngineContext, client: Client, socket: Socket, sink: RequestSink) {
    this.#context = context;
    this.client = client;
    this.socket = socket;
    this.#sink = sink;
    this.out = new Gather(socket);
    this.#reader = requestReader(
      {
        head: (head) => this.#head(head),
        data: (bytes) => this.#current?.handler.requestData(bytes),
        chunkExtension: (text) => {
          if (this.#extensions.length < MAX_EXTENSIONS) this.#extensions.push(text);
        },
        trailers: (fields) => {
          this.#trailers = fields;
        },
        end: () => this.#end(),
        error: (error) => this.#invalid(error),
      },
      context.limits,
    );
  }

  /** Begins to read; `first` are octets that were read before. */
  start(first: Buffer): void {
    const { socket } = this;
    socket
      .on('data', this.#onData)
      .on('end', this.#onEnd)
      .on('close', this.#onClose)
      .on('drain', this.#onDrain);
    socket.on('error', this.#onError);
    this.#context.deadlines.add(this);
    this.#waitForHead();
    if (first.length > 0) this.#onData(first);
    socket.resume();
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#lingered !== undefined) {
      this.#lingered += chunk.length;
      if (this.#lingered > LINGER_BYTES) this.socket.destroy();
      return;
    }
    if (this.#readerPaused) {
      this.#socketPaused = true;
      this.socket.pause();
    }
    duringEvent(this.socket, () => {
      this.#reader.push(chunk);
      if (this.#current === undefined && this.#lingered === undefined) this.#waitForHead();
      else if (this.#current !== undefined) this.#current.touched();
    });
  };

  readonly #onEnd = (): void => {
    this.#ended = true;
    if (this.#lingered !== undefined) return;
    this.#checkEnd();
  };

  /**
   * A client may close its half once its requests are out, and still gets its answers (RFC 9112 §9.6). Inside TLS nobody does that: there
   * it has left, and an answer that takes long must not look live until somebody writes to it.
   */
  #checkEnd(): void {
    if (!this.#ended || this.#lingered !== undefined) return;
    const stream = this.#current;
    if (stream?.requestDone && 'encrypted' in this.socket) {
      this.socket.destroy();
      return;
    }
    // Held back, not missing: what was read is looked at first.
    if (stream?.requestDone || this.#readerPaused) return;
    if (stream === undefined && this.#reader.idle) this.close();
    else this.socket.destroy();
  }

  readonly #onClose = (): void => {
    this.#context.deadlines.delete(this);
    this.#lingered ??= 0;
    const stream = this.#current;
    this.#current = undefined;
    duringEvent(this.socket, () => {
      stream?.connectionGone();
    });
  };

  readonly #onDrain = (): void => {
    duringEvent(this.socket, () => {
      this.#current?.touched();
      this.#current?.handler.clientDrained();
    });
  };

  readonly #onError = (): void => {
    this.socket.destroy();
  };

  #head(wire: WireRequestHead): void {
    this.#headSince = 0;
    const head: RequestHead = {
      method: wire.method,
      target: wire.target,
      httpVersion: wire.httpVersion,
      headers: wire.headers,
      raw: wire.text,
    };
    const stream = new Http1Stream(this, head, this.#context, wire.framing.kind === 'none');
    this.#current = stream;
    stream.touched();
    if (head.method === 'CONNECT') this.#sink.connect(this, stream, head);
    else this.#sink.request(stream, head, wire.framing);
  }

  #end(): void {
    const stream = this.#current;
    if (stream === undefined) return;
    const trailers = this.#trailers;
    const extensions = this.#extensions;
    if (trailers.length > 0) this.#trailers = [];
    if (extensions.length > 0) this.#extensions = [];
    stream.requestDone = true;
    stream.handler.requestEnd(trailers, extensions);
    if (stream.responseDone) this.#next();
    else this.pauseReader();
  }

  #invalid(error: WireError): void {
    const stream = this.#current;
    if (stream === undefined) {
      this.#sink.malformed(this, rejectionOf(error));
    } else if (!stream.requestDone) {
      stream.handler.requestInvalid(rejectionOf(error));
    } else this.socket.destroy();
  }

  pauseReader(): void {
    this.#readerPaused = true;
    this.#reader.pause();
  }

  resumeReader(): void {
    if (!this.#readerPaused || this.#lingered !== undefined) return;
    this.#readerPaused = false;
    this.#current?.touched();
    this.#reader.resume();
    this.#checkEnd();
    if (!this.#readerPaused && this.#socketPaused) {
      this.#socketPaused = false;
      this.socket.resume();
    }
  }

  /** The response of `stream` is written. */
  answered(stream: Http1Stream, close: boolean): void {
    if (stream !== this.#current) return;
    if (close || !stream.keepAlive) this.close();
    // An answer that came before the whole request: the rest belongs to nothing (RFC 9112 §9.5).
    else if (!stream.requestDone && !stream.bodyless) this.close();
    else if (stream.requestDone) this.#next();
  }

  #next(): void {
    if (this.#lingered !== undefined) return;
    this.#current = undefined;
    this.#waitForHead();
    duringEvent(this.socket, () => {
      this.resumeReader();
    });
  }

  /** Ends the connection once everything is written; what the client still sends is read and dropped for a while, so that no reset overtakes the answer. */
  close(): void {
    if (this.#lingered !== undefined) return;
    this.#lingered = 0;
    this.#current = undefined;
    // A request behind the last one that is answered must not be looked at, let alone forwarded.
    this.pauseReader();
    this.out.end();
    this.deadline = performance.now() + LINGER_MS;
    if (this.#socketPaused) this.socket.resume();
  }

  #waitForHead(): void {
    const now = performance.now();
    if (this.#reader.idle) {
      this.#headSince = 0;
      this.deadline = now + this.#context.timeouts.clientKeepAlive;
      return;
    }
    if (this.#headSince === 0) this.#headSince = now;
    this.deadline = this.#headSince + this.#context.timeouts.clientHead;
  }

  expired(): void {
    duringEvent(this.socket, () => {
      if (this.#lingered !== undefined) {
        if (this.#isTaking(LINGER_MS)) this.deadline = performance.now() + LINGER_MS;
        else this.socket.destroy();
      } else if (this.#current !== undefined) this.#stalled(this.#current);
      else if (this.#reader.idle) this.close();
      else this.#sink.malformed(this, SLOW_HEAD);
    });
  }

  /** Whether what was written is still under way to a client that is slow but reads. */
  #isTaking(sweep: number): boolean {
    const octets = this.socket.writableLength;
    if (octets === 0) return false;
    const now = performance.now();
    if (octets !== this.#unsent.octets || this.#unsent.since === 0) this.#unsent = { octets, since: now };
    return now - this.#unsent.since + sweep <= this.#context.timeouts.idle;
  }

  #stalled(stream: Http1Stream): void {
    if (this.socket.writableNeedDrain) {
      // The answer is not read: nobody is there to be told.
      stream.connectionGone();
      this.socket.destroy();
    } else if (stream.requestDone || this.#readerPaused) {
      // It is the origin's turn, whose silence is measured there.
      stream.touched();
    } else stream.stalled();
  }

  /** What came since the last whole request, or from the fault in one on. */
  get unread(): Buffer {
    return this.#reader.unread;
  }

  /** Writes a whole message and ends the connection. */
  refuse(message: Buffer): void {
    this.out.write(message);
    this.close();
  }

  /** Gives the socket away: what was read and not used comes with it. This object does nothing more. */
  release(): GivenAway {
    const { socket } = this;
    this.out.flush();
    socket.pause();
    socket
      .off('data', this.#onData)
      .off('end', this.#onEnd)
      .off('close', this.#onClose)
      .off('drain', this.#onDrain);
    socket.off('error', this.#onError);
    this.#context.deadlines.delete(this);
    this.deadline = Number.POSITIVE_INFINITY;
    this.#current = undefined;
    this.#lingered = 0;
    return { socket, rest: this.#reader.takeRest() };
  }
}
