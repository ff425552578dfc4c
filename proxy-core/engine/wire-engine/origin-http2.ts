/**
 * A connection to an origin on which HTTP/2 is spoken, by Node's implementation: many requests at a time, each a stream. The origin may
 * not push. A stream that the origin says it has not begun (RFC 9113 §8.7) may be tried again.
 */
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import type { Socket } from 'node:net';
import { type HeaderPair, type Headers, pairsFromFlat } from '#model/headers.ts';
import type { ExchangeFacts, SessionFailure } from '#model/session.ts';
import { classify, failure, TimeLimitError } from '../failure.ts';
import type { EngineContext } from './context.ts';
import type { Limited } from './deadlines.ts';
import { beginEvent, endEvent } from './gather.ts';
import { http2Request, readHttp2Response, sameFields } from './http2-heads.ts';
import type { OriginFacts } from './origin-facts.ts';
import type { Framing, OriginHandler, OriginRequest, OriginStream } from './streams.ts';

const STREAM_WINDOW = 1024 * 1024;
const CONNECTION_WINDOW = 16 * 1024 * 1024;
const SETTINGS = {
  enablePush: false,
  initialWindowSize: STREAM_WINDOW,
  maxHeaderListSize: 64 * 1024,
};

export interface Http2OriginOptions {
  readonly socket: Socket;
  /** `https://host:port`, for the session's own use. */
  readonly url: string;
  readonly where: string;
  readonly facts: ExchangeFacts;
  readonly timings: OriginFacts['timings'];
  /** It is gone, or takes no more requests. */
  readonly closed: (connection: OriginHttp2) => void;
}

export class OriginHttp2 {
  readonly options: Http2OriginOptions;
  readonly #context: EngineContext;
  readonly #session: ClientHttp2Session;
  #served = 0;
  #goneAway = false;

  constructor(context: EngineContext, options: Http2OriginOptions) {
    this.#context = context;
    this.options = options;
    this.#session = connect(options.url, {
      createConnection: () => options.socket,
      settings: SETTINGS,
      maxHeaderListPairs: 1000,
      maxSessionMemory: 64,
      peerMaxConcurrentStreams: 100,
    });
    this.#session.once('connect', () => this.#session.setLocalWindowSize(CONNECTION_WINDOW));
    this.#session.on('error', () => {});
    const gone = () => {
      if (this.#goneAway) return;
      this.#goneAway = true;
      options.closed(this);
    };
    this.#session.once('goaway', gone).once('close', gone);
    this.#session.setTimeout(context.timeouts.clientKeepAlive, () => this.#session.close());
  }

  /** Takes another request. */
  get open(): boolean {
    return !this.#goneAway && !this.#session.closed && !this.#session.destroyed;
  }

  send(request: OriginRequest, handler: OriginHandler): void {
    const { sent, flat } = http2Request(request.head, request.target);
    const bodyless = request.framing.kind === 'none';
    // Node's types know only the object form, in which order and duplicates are lost.
    const stream = this.#session.request(flat as never, {
      endStream: bodyless,
      waitForTrailers: !bodyless,
    });
    const reused = this.#served > 0;
    this.#served += 1;
    const origin = new Http2OriginStream(this.#context, stream, handler, {
      where: this.options.where,
      bodyless,
    });
    const facts: OriginFacts = {
      connection: this.options.facts,
      reused,
      timings: reused ? {} : this.options.timings,
      ...(stream.id === undefined ? {} : { streamId: stream.id }),
    };
    const same = request.head.httpVersion === sent.httpVersion && request.head.target === sent.target;
    const unchanged = same && sameFields(withoutHost(request.head.headers), sent.headers);
    handler.opened(origin, facts, unchanged ? request.head : sent);
  }

  destroy(): void {
    this.#session.destroy();
    this.options.socket.destroy();
  }
}

const withoutHost = (headers: Headers) => headers.filter(([name]) => name !== 'host');

function framingOf(flat: readonly string[], endOfStream: boolean): Framing {
  if (endOfStream) return { kind: 'none' };
  const at = flat.findIndex((name, i) => i % 2 === 0 && name === 'content-length');
  const length = at < 0 ? '' : (flat[at + 1] ?? '');
  return /^\d{1,15}$/.test(length) ? { kind: 'length', length: Number(length) } : { kind: 'chunked' };
}

class Http2OriginStream implements OriginStream, Limited {
  deadline = Number.POSITIVE_INFINITY;
  readonly #context: EngineContext;
  readonly #stream: ClientHttp2Stream;
  readonly #where: string;
  #handler: OriginHandler | undefined;
  #responding = false;
  #paused = false;
  #ended: boolean;
  #requestTrailers: Headers = [];
  #trailers: HeaderPair[] = [];

  constructor(
    context: EngineContext,
    stream: ClientHttp2Stream,
    handler: OriginHandler,
    { where, bodyless }: { where: string; bodyless: boolean },
  ) {
    this.#context = context;
    this.#stream = stream;
    this.#handler = handler;
    this.#where = where;
    this.#ended = bodyless;
    let error: unknown;
    stream.on('headers', (_headers: unknown, _flags: unknown, flat: unknown) => {
      this.#touch();
      this.#handler?.informational(readHttp2Response(flat as string[]));
    });
    stream.on('response', (_headers: unknown, flags: number, flat: unknown) => {
      this.#touch();
      this.#responding = true;
      const ends = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
      this.#handler?.response(readHttp2Response(flat as string[]), framingOf(flat as string[], ends));
    });
    stream.on('data', (bytes: Buffer) => {
      this.#touch();
      beginEvent();
      this.#handler?.responseData(bytes);
      endEvent();
    });
    stream.on('trailers', (_headers: unknown, _flags: unknown, flat: unknown) => {
      this.#trailers = Array.isArray(flat) ? pairsFromFlat(flat as string[]) : [];
    });
    stream.on('end', () => this.#end());
    stream.on('drain', () => this.#handler?.originDrained());
    stream.on('error', (reason) => {
      error = reason;
    });
    stream.on('close', () => this.#closed(error));
    // The same on a request that is given up: ending it would make the origin take it for whole.
    stream.on('wantTrailers', () => {
      if (this.#handler === undefined) return;
      stream.sendTrailers(
        Object.fromEntries(this.#requestTrailers.map(([name, value]) => [name.toLowerCase(), value])),
      );
    });
    context.deadlines.add(this);
    this.#touch();
  }

  write(bytes: Buffer): boolean {
    this.#touch();
    return this.#stream.destroyed || this.#stream.write(bytes);
  }

  end(trailers: Headers = []): void {
    this.#touch();
    if (this.#ended) return;
    this.#ended = true;
    this.#requestTrailers = trailers;
    this.#stream.end();
  }

  pauseBody(): void {
    this.#paused = true;
    this.deadline = Number.POSITIVE_INFINITY;
    this.#stream.pause();
  }

  resumeBody(): void {
    this.#paused = false;
    this.#touch();
    this.#stream.resume();
  }

  abort(): void {
    this.#handler = undefined;
    this.#stream.close(constants.NGHTTP2_CANCEL);
  }

  expired(): void {
    this.#fail(classify(new TimeLimitError('answer'), this.#where), false);
    this.#stream.close(constants.NGHTTP2_CANCEL);
  }

  /** Silence is measured from the last octet either way. */
  #touch(): void {
    if (!this.#paused) this.deadline = performance.now() + this.#context.timeouts.idle;
  }

  #end(): void {
    const handler = this.#handler;
    // A stream that was reset ends too; `close` tells why.
    if (handler === undefined || !this.#responding || this.#stream.rstCode !== constants.NGHTTP2_NO_ERROR)
      return;
    this.#handler = undefined;
    this.#context.deadlines.delete(this);
    beginEvent();
    handler.responseEnd(this.#trailers, []);
    endEvent();
    if (!this.#ended) this.#stream.close(constants.NGHTTP2_NO_ERROR);
  }

  #closed(error: unknown): void {
    this.#context.deadlines.delete(this);
    if (this.#handler === undefined) return;
    const { rstCode } = this.#stream;
    const refused = rstCode === constants.NGHTTP2_REFUSED_STREAM;
    if (this.#responding) this.#fail(failure('origin-gone', this.#where, resetReason(rstCode)), false);
    else if (rstCode !== undefined && rstCode !== constants.NGHTTP2_NO_ERROR && !refused) {
      this.#fail(failure('reset', this.#where, resetReason(rstCode)), false);
    } else {
      const gone = error ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' });
      this.#fail(classify(gone, this.#where), true);
    }
  }

  #fail(reason: SessionFailure, unanswered: boolean): void {
    const handler = this.#handler;
    this.#handler = undefined;
    this.#context.deadlines.delete(this);
    handler?.failed(reason, unanswered);
  }
}

/** The name of an error code (RFC 9113 §7). */
function resetReason(code: number | undefined): string {
  const [name] =
    Object.entries(constants).find(
      ([key, value]) =>
        value === code && /^NGHTTP2_[A-Z_]+$/.test(key) && !/FLAG|SETTINGS|STREAM_STATE|HCAT|ERR_/.test(key),
    ) ?? [];
  return name === undefined ? `HTTP/2 error ${code ?? 0}` : `HTTP/2 ${name.slice('NGHTTP2_'.length)}`;
}
