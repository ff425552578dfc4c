/**
 * A connection to an origin on which HTTP/2 is spoken: many requests at a time, each a stream, as many as the origin allows; more wait for
 * their turn. The origin may not push. A stream that the origin says it has not begun (RFC 9113 §8.7) may be tried again.
 */
import type { Socket } from 'node:net';
import type { ExchangeFacts } from '#model/session.ts';
import { classify, TimeLimitError } from '../failure.ts';
import type { Client } from './client.ts';
import type { EngineContext } from './context.ts';
import { http2Request } from './http2-heads.ts';
import { type Http2Owner, Http2Socket } from './http2-socket.ts';
import type { OriginFacts } from './origin-facts.ts';
import { Http2OriginStream } from './origin-http2-stream.ts';
import type { OriginHandler, OriginRequest } from './streams.ts';

/** How long a connection to an origin may be without streams, in ms. */
const IDLE_MS = 60_000;

export interface Http2OriginOptions {
  readonly socket: Socket;
  readonly where: string;
  readonly facts: ExchangeFacts;
  readonly timings: OriginFacts['timings'];
  /** It is gone, or takes no more requests. Those that waited for their turn are given back. */
  readonly closed: (connection: OriginHttp2, waiting: readonly Ticket[]) => void;
  /** It wants HTTP/1.1 for what it was asked. */
  readonly http1Required: () => void;
}

/** A request that waits for a connection. */
export interface Ticket {
  readonly request: OriginRequest;
  readonly handler: OriginHandler;
  readonly owner: Client;
  /** It is wanted no more. */
  readonly signal: AbortSignal;
  /** Connections it has lost while it waited. */
  readonly tries: number;
}

const NO_TIMINGS = {};

type OriginContext = Pick<EngineContext, 'timeouts' | 'deadlines' | 'http2' | 'protocol'>;

export class OriginHttp2 implements Http2Owner {
  readonly #options: Http2OriginOptions;
  readonly #context: OriginContext;
  readonly #socket: Http2Socket;
  /** Those that wait for their turn, since when. */
  readonly #waiting = new Map<Ticket, number>();
  #served = 0;
  #closed = false;
  readonly #settled = Promise.withResolvers<boolean>();

  constructor(context: OriginContext, options: Http2OriginOptions) {
    this.#context = context;
    this.#options = options;
    this.#socket = new Http2Socket(context, options.socket, { role: 'client', owner: this, idleMs: IDLE_MS });
    this.#socket.start(Buffer.alloc(0));
  }

  /** Takes another request, at once or later. */
  get open(): boolean {
    return !this.#closed && this.#socket.connection.usable;
  }

  /** Takes another request at once. */
  get free(): boolean {
    return this.open && this.#waiting.size === 0 && this.#socket.connection.available;
  }

  /** Resolves when the origin has said that it speaks HTTP/2; with false when it ended instead. */
  settled(): Promise<boolean> {
    return this.#settled.promise;
  }

  /** Sends a request's head; only while `free`. */
  send(request: OriginRequest, handler: OriginHandler): void {
    const { facts: connection, timings, where, http1Required } = this.#options;
    const { sent, pseudo, headers } = http2Request(request.head, request.target, this.#context.protocol.via);
    const reused = this.#served > 0;
    this.#served += 1;
    const wire = this.#socket.connection.open();
    const parts = { context: this.#context, where, request, handler, reused, http1Required };
    const stream = new Http2OriginStream(wire, parts);
    wire.sendHead(pseudo, headers, request.framing.kind === 'none' && request.last === undefined);
    const facts: OriginFacts = {
      connection,
      reused,
      streamId: wire.id,
      timings: reused ? NO_TIMINGS : timings,
    };
    handler.opened(stream, facts, sent);
  }

  /** Sends it when others have ended. */
  enqueue(ticket: Ticket): void {
    this.#waiting.set(ticket, performance.now());
    ticket.signal.addEventListener('abort', () => this.#waiting.delete(ticket), { once: true });
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#waiting.size;
  }

  freed(): void {
    if (this.#socket.connection.settled) this.#settled.resolve(true);
    for (const ticket of this.#waiting.keys()) {
      if (this.#closed || !this.#socket.connection.available) return;
      this.#waiting.delete(ticket);
      this.send(ticket.request, ticket.handler);
    }
  }

  goingAway(): void {
    this.#close();
  }

  failed(): void {
    this.#close();
  }

  closed(): void {
    this.#close();
  }

  sweep(now: number): void {
    for (const [ticket, since] of this.#waiting) {
      if (now - since < this.#context.timeouts.idle) continue;
      this.#waiting.delete(ticket);
      ticket.handler.failed(classify(new TimeLimitError('answer'), this.#options.where), false);
    }
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const waiting = [...this.#waiting.keys()];
    this.#waiting.clear();
    this.#settled.resolve(false);
    this.#options.closed(this, waiting);
  }

  destroy(): void {
    this.#close();
    this.#socket.destroy();
  }
}
