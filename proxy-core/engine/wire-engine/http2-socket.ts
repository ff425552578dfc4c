/**
 * An HTTP/2 connection (wire/http2) on a socket: reads, writes what an event has caused in one go, keeps time, and ends. Whose side it is
 * and what the messages mean, its owner knows. It stops reading from a peer that does not read, so that no flood of questions can pile
 * up answers.
 */
import type { Socket } from 'node:net';
import { Connection, type ConnectionHandler } from '../../wire/http2/connection.ts';
import type { FieldBlock } from '../../wire/http2/field.ts';
import type { Http2Stream } from '../../wire/http2/stream.ts';
import type { EngineContext } from './context.ts';
import type { Limited } from './deadlines.ts';
import { duringEvent, type Flushable, flushLater } from './gather.ts';

export interface Http2Owner {
  /** A client has begun a stream. */
  opened?(stream: Http2Stream, block: FieldBlock, end: boolean): void;
  /** Perhaps there is room for another stream. */
  freed?(): void;
  /** The peer takes no more streams. */
  goingAway?(): void;
  /** The peer broke the rules; `reason` says which. All streams have been told. */
  failed?(reason: string): void;
  /** The socket is gone. */
  closed(): void;
  /** From time to time, in ms of `performance.now()`. */
  sweep?(now: number): void;
}

/** How long, and how much, a peer may go on sending after the connection was given up, so that no reset overtakes the reason. */
const LINGER_MS = 2000;
const LINGER_BYTES = 4 * 1024 * 1024;
/** A peer that has left so much unread is not read either. */
const UNREAD_LIMIT = 1024 * 1024;
const COPY_LIMIT = 256 * 1024;

type SocketContext = Pick<EngineContext, 'timeouts' | 'deadlines' | 'http2'>;

export class Http2Socket implements ConnectionHandler, Flushable, Limited {
  /** Every sweep asks. */
  deadline = 0;
  readonly connection: Connection;
  readonly #context: SocketContext;
  readonly #socket: Socket;
  readonly #owner: Http2Owner;
  readonly #idleMs: number;
  readonly #openedAt = performance.now();
  #readAt = this.#openedAt;
  /** What has begun and is not whole, and since when. */
  #unfinished = 0;
  #unfinishedSince = 0;
  /** It ends with its last stream. */
  #last = false;
  #closing = false;
  /** When lingering ends; octets thrown away so far. */
  #lingerUntil: number | undefined;
  #lingered = 0;

  /** `idleMs`: how long the connection may be without streams. */
  constructor(
    context: SocketContext,
    socket: Socket,
    parts: { readonly role: 'server' | 'client'; readonly owner: Http2Owner; readonly idleMs: number },
  ) {
    this.#context = context;
    this.#socket = socket;
    this.#owner = parts.owner;
    this.#idleMs = parts.idleMs;
    this.connection = new Connection(parts.role, this);
    socket.setNoDelay(true);
    socket
      .on('data', this.#onData)
      .on('end', this.#onEnd)
      .on('close', this.#onClose)
      .on('drain', this.#onDrain)
      .on('error', this.#onError);
    context.deadlines.add(this);
    context.http2.add(this);
  }

  /** `first` are octets that were read before. */
  start(first: Buffer): void {
    if (first.length > 0) this.#onData(first);
    this.#socket.resume();
  }

  // What the connection calls.

  opened(stream: Http2Stream, block: FieldBlock, end: boolean): void {
    this.#owner.opened?.(stream, block, end);
  }

  freed(): void {
    if (this.connection.streams.size > 0) {
      this.#owner.freed?.();
      return;
    }
    this.#readAt = performance.now();
    this.#owner.freed?.();
    if (this.#last && this.connection.streams.size === 0) this.#end();
  }

  goingAway(): void {
    this.#owner.goingAway?.();
    this.#endAfterLast();
  }

  failed(_code: number, message: string): void {
    this.#owner.failed?.(message);
    this.#end();
  }

  output(): void {
    flushLater(this);
  }

  flush(): void {
    const parts = this.connection.writer.take();
    const socket = this.#socket;
    if (socket.destroyed || socket.writableEnded) return;
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) socket.write(only);
    else if (parts.length > 1) this.#writeAll(parts);
    this.connection.congested = socket.writableNeedDrain;
    if (socket.writableLength > UNREAD_LIMIT) socket.pause();
    if (this.#closing) socket.end();
  }

  #writeAll(parts: readonly Buffer[]): void {
    const socket = this.#socket;
    let size = 0;
    for (const part of parts) size += part.length;
    if (size <= COPY_LIMIT) {
      socket.write(Buffer.concat(parts, size));
      return;
    }
    socket.cork();
    for (const part of parts) socket.write(part);
    socket.uncork();
  }

  // What the socket calls.

  readonly #onData = (chunk: Buffer): void => {
    if (this.#lingerUntil !== undefined) {
      this.#lingered += chunk.length;
      if (this.#lingered > LINGER_BYTES) this.#socket.destroy();
      return;
    }
    const now = performance.now();
    this.#readAt = now;
    duringEvent(this.#socket, () => {
      this.connection.push(chunk, now);
    });
    const { unfinished } = this.connection;
    if (unfinished === this.#unfinished) return;
    this.#unfinished = unfinished;
    this.#unfinishedSince = now;
  };

  readonly #onEnd = (): void => {
    duringEvent(this.#socket, () => {
      this.connection.peerEnded();
      this.#endAfterLast();
    });
  };

  readonly #onDrain = (): void => {
    const { connection } = this;
    connection.congested = false;
    duringEvent(this.#socket, () => {
      connection.pump();
    });
    if (this.#socket.isPaused() && this.#socket.writableLength <= UNREAD_LIMIT) this.#socket.resume();
  };

  readonly #onClose = (): void => {
    this.#context.deadlines.delete(this);
    this.#context.http2.delete(this);
    duringEvent(this.#socket, () => {
      this.connection.ended();
    });
    this.#owner.closed();
  };

  readonly #onError = (): void => {
    this.#socket.destroy();
  };

  // Time.

  expired(): void {
    this.deadline = 0;
    const now = performance.now();
    if (this.#lingerUntil !== undefined) {
      if (now > this.#lingerUntil) this.#socket.destroy();
      return;
    }
    duringEvent(this.#socket, () => {
      const { connection } = this;
      for (const { handler } of connection.streams.values()) handler.sweep(now);
      this.#owner.sweep?.(now);
      const { clientHead } = this.#context.timeouts;
      const slow = this.#unfinished > 0 && now - this.#unfinishedSince > clientHead;
      const silent = !connection.settled && now - this.#openedAt > clientHead;
      const idle = connection.streams.size === 0 && now - this.#readAt > this.#idleMs;
      if (silent) connection.giveUp('SETTINGS did not come in time.');
      else if (slow) connection.giveUp('A frame, or a header block, did not come in time.');
      else if (idle) this.close();
    });
  }

  /** Tells the peer, and ends the connection when what is under way is over. */
  close(): void {
    this.connection.leave();
    this.#endAfterLast();
  }

  /** Ends everything now. Resolves when the peer has been told, as far as that can be known. */
  shutDown(): Promise<void> {
    duringEvent(this.#socket, () => {
      this.connection.leave();
      this.connection.resetAll();
      this.#end();
    });
    const socket = this.#socket;
    if (socket.destroyed || socket.writableFinished) return Promise.resolve();
    return new Promise((resolve) => {
      socket.once('finish', resolve).once('close', resolve);
    });
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #endAfterLast(): void {
    this.#last = true;
    if (this.connection.streams.size === 0) this.#end();
  }

  /** Ends once everything is written; what the peer still says is read over for a while. */
  #end(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#lingerUntil = performance.now() + LINGER_MS;
    flushLater(this);
    if (this.#socket.isPaused()) this.#socket.resume();
  }
}
