/**
 * A connection to an origin on which HTTP/1.1 is spoken: one request at a time, and its answer. A connection is used again only when its
 * last answer was read to its end and nothing came after it (RFC 9112 §9.3, §11.2).
 */
import type { Socket } from 'node:net';
import type { HeaderPair, Headers } from '#model/headers.ts';
import type { ExchangeFacts, RequestHead, ResponseHead, SessionFailure } from '#model/session.ts';
import { encodeChunk, encodeLastChunk, encodeRequestHead } from '../../wire/encode.ts';
import { type MessageReader, responseReader, type WireResponseHead } from '../../wire/message-reader.ts';
import type { WireError } from '../../wire/wire-error.ts';
import { CloseNotifyWatch } from '../close-notify.ts';
import { classify, failure, TimeLimitError } from '../failure.ts';
import { formatAuthority, type Target } from '../target.ts';
import type { Poolable } from '../upstream/pool.ts';
import type { EngineContext } from './context.ts';
import type { Limited } from './deadlines.ts';
import { fieldKind, members } from './field-kinds.ts';
import { duringEvent, Gather } from './gather.ts';
import type { OriginFacts } from './origin-facts.ts';
import { outgoingRequest } from './outgoing-request.ts';
import type { GivenAway, OriginHandler, OriginRequest, OriginStream } from './streams.ts';
import { MAX_EXTENSIONS } from './trailers.ts';

const NO_TIMINGS = {};

const encodeHead = (head: RequestHead) =>
  head.raw === undefined ? encodeRequestHead(head) : Buffer.from(head.raw, 'latin1');

function keepsAlive(head: WireResponseHead): boolean {
  if (head.framing.kind === 'until-close') return false;
  let keep = head.httpVersion === 'HTTP/1.1';
  for (const [name, value] of head.headers) {
    if (fieldKind(name) !== 'connection') continue;
    const options = members(value);
    if (options.includes('close')) return false;
    if (options.includes('keep-alive')) keep = true;
  }
  return keep;
}

export interface OriginConnectionOptions {
  readonly socket: Socket;
  /** Connections of one key are alike. */
  readonly key: string;
  /** `host:port`, for people. */
  readonly where: string;
  readonly facts: ExchangeFacts;
  readonly timings: OriginFacts['timings'];
  /** The way leads through a proxy that wants absolute-form (RFC 9112 §3.2.2), and perhaps credentials. */
  readonly absoluteForm: boolean;
  readonly proxyAuthorization: string | undefined;
  /** The connection is free for another request. */
  readonly released: (connection: OriginHttp1) => void;
  /** It is gone. */
  readonly closed: (connection: OriginHttp1) => void;
}

export class OriginHttp1 implements Limited, OriginStream, Poolable {
  deadline = Number.POSITIVE_INFINITY;
  readonly options: OriginConnectionOptions;
  readonly socket: Socket;
  readonly key: string;
  /** What comes, or ends, while nobody asked is met in `#onData` and `#onEnd`. */
  readonly watchesItself = true;
  /** Kept by the pool. */
  idleSince = 0;
  uses = 0;
  /** Answers served so far. */
  served = 0;
  readonly #context: EngineContext;
  readonly #socket: Socket;
  readonly #out: Gather;
  readonly #reader: MessageReader<WireResponseHead>;
  /** While an answer goes on to the connection's end. */
  #closeNotify: CloseNotifyWatch | undefined;
  #handler: OriginHandler | undefined;
  #request: OriginRequest | undefined;
  #requestDone = false;
  /** Octets of an answer have come. */
  #answered = false;
  #keepAlive = false;
  #interim = false;
  #complete = false;
  #paused = false;
  #error: unknown;
  #ended = false;
  /** The time limit passed once, in the middle of an upload. */
  #graced = false;
  #trailers: HeaderPair[] = [];
  #extensions: string[] = [];

  constructor(context: EngineContext, options: OriginConnectionOptions) {
    this.#context = context;
    this.options = options;
    this.#socket = options.socket;
    this.socket = options.socket;
    this.key = options.key;
    this.#out = new Gather(options.socket);
    this.#reader = responseReader(
      {
        head: (head) => this.#head(head),
        data: (bytes) => this.#handler?.responseData(bytes),
        chunkExtension: (text) => {
          if (this.#extensions.length < MAX_EXTENSIONS) this.#extensions.push(text);
        },
        trailers: (fields) => {
          this.#trailers = fields;
        },
        end: () => this.#end(),
        error: (error) => this.#invalid(error),
      },
      () => this.#request?.head.method ?? 'GET',
      context.limits,
    );
    const { socket } = options;
    socket.setNoDelay(true);
    socket
      .on('data', this.#onData)
      .on('end', this.#onEnd)
      .on('close', this.#onClose)
      .on('drain', this.#onDrain);
    socket.on('error', this.#onError);
    socket.resume();
    context.deadlines.add(this);
  }

  /** No exchange is under way, nothing unread is there, and both halves are open. */
  get free(): boolean {
    return this.#handler === undefined && !this.#ended && !this.#socket.destroyed && this.#reader.idle;
  }

  /** Sends a request's head. The connection must be free. */
  open(request: OriginRequest, handler: OriginHandler): void {
    this.#request = request;
    this.#handler = handler;
    this.#requestDone = false;
    this.#answered = false;
    this.#complete = false;
    this.#graced = false;
    this.#touch();
    const head = outgoingRequest(request, this.#context.protocol);
    const octets = encodeHead(this.#routed(head, request.target));
    if (request.last === undefined || request.framing.kind !== 'none') this.#out.write(octets);
    else {
      this.#out.write(octets.subarray(0, -1));
      request.last.hold(() => void this.#out.write(octets.subarray(-1)));
    }
    const { facts, timings } = this.options;
    const reused = this.served > 0;
    handler.opened(this, { connection: facts, reused, timings: reused ? NO_TIMINGS : timings }, head);
  }

  /** The head as the next hop wants it. Credentials for that hop are not told to the session. */
  #routed(head: RequestHead, target: Target): RequestHead {
    const { absoluteForm, proxyAuthorization } = this.options;
    if (!absoluteForm) return head;
    const authority = formatAuthority(target, target.scheme);
    const path = head.target === '*' ? '' : head.target;
    const { raw: _, ...plain } = head;
    return {
      ...plain,
      target: `${target.scheme}://${authority}${path}`,
      headers: [
        ...head.headers,
        ...(proxyAuthorization === undefined
          ? []
          : ([['Proxy-Authorization', proxyAuthorization]] satisfies HeaderPair[])),
      ],
    };
  }

  write(bytes: Buffer): boolean {
    this.#graced = false;
    this.#touch();
    if (this.#request?.framing.kind !== 'chunked') return this.#out.write(bytes);
    let more = true;
    for (const part of encodeChunk(bytes)) more = this.#out.write(part);
    return more;
  }

  end(trailers: Headers = []): void {
    this.#requestDone = true;
    this.#touch();
    if (this.#request?.framing.kind === 'chunked') this.#out.write(encodeLastChunk(trailers));
  }

  pauseBody(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.deadline = Number.POSITIVE_INFINITY;
    this.#socket.pause();
    this.#reader.pause();
  }

  resumeBody(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#touch();
    duringEvent(this.#socket, () => {
      this.#reader.resume();
      this.#settle();
    });
    if (!this.#paused && !this.#socket.destroyed) this.#socket.resume();
    if (!this.#paused && this.#ended) this.#finish();
  }

  abort(): void {
    this.#handler = undefined;
    this.#socket.destroy();
  }

  giveAway(): GivenAway {
    this.#out.flush();
    this.#detach();
    return { socket: this.#socket, rest: this.#reader.takeRest() };
  }

  destroy(): void {
    this.#socket.destroy();
  }

  expired(): void {
    if (this.#handler === undefined) return;
    // It is the client who is silent; its own limit, where it has one, says so first.
    if (!this.#requestDone && !this.#graced && !this.#socket.writableNeedDrain) {
      this.#graced = true;
      this.#touch();
      return;
    }
    this.#fail(classify(new TimeLimitError('answer'), this.options.where));
  }

  /** Silence is measured from the last octet either way. */
  #touch(): void {
    if (!this.#paused) this.deadline = performance.now() + this.#context.timeouts.idle;
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#handler === undefined) {
      // Nobody asked: what this is an answer to cannot be known (RFC 9112 §11.2).
      this.#socket.destroy();
      return;
    }
    this.#answered = true;
    this.#touch();
    duringEvent(this.#socket, () => {
      this.#reader.push(chunk);
      this.#settle();
    });
  };

  readonly #onDrain = (): void => {
    duringEvent(this.#socket, () => {
      this.#handler?.originDrained();
    });
  };

  readonly #onEnd = (): void => {
    this.#ended = true;
    if (this.#handler === undefined) this.#socket.destroy();
    else if (!this.#paused) this.#finish();
  };

  readonly #onError = (error: unknown): void => {
    this.#error = error;
  };

  readonly #onClose = (): void => {
    this.#context.deadlines.delete(this);
    this.options.closed(this);
    const { where } = this.options;
    if (this.#handler !== undefined) {
      const gone = this.#error ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' });
      duringEvent(this.#socket, () => {
        this.#fail(this.#responding ? failure('origin-gone', where) : classify(gone, where));
      });
    }
  };

  /** The origin has said its last: a body delimited by the end is whole, any other is not. */
  #finish(): void {
    duringEvent(this.#socket, () => {
      // Cut, not ended: the body is as incomplete as one that is shorter than its length (RFC 9112 §9.8).
      if (this.#closeNotify?.cut) {
        this.#fail(failure('origin-gone', this.options.where, 'TLS ended without close_notify'));
      }
      this.#reader.finish();
      if (this.#handler !== undefined && !this.#complete && !this.#responding) {
        this.#fail(classify(Object.assign(new Error('closed'), { code: 'ECONNRESET' }), this.options.where));
      }
      this.#settle();
    });
  }

  #responding = false;

  #head(wire: WireResponseHead): void {
    const head: ResponseHead = {
      httpVersion: wire.httpVersion,
      status: wire.status,
      reason: wire.reason,
      headers: wire.headers,
      raw: wire.text,
    };
    this.#interim = wire.status < 200;
    if (!this.#interim) {
      this.#responding = true;
      this.#keepAlive = keepsAlive(wire);
      if (wire.framing.kind === 'until-close') this.#closeNotify = CloseNotifyWatch.of(this.#socket);
      this.#handler?.response(head, wire.framing);
    } else if (wire.status === 101) this.#switch(head);
    else this.#handler?.informational(head);
  }

  #switch(head: ResponseHead): void {
    const handler = this.#handler;
    if (handler === undefined) return;
    if (this.#request?.upgrade === undefined) {
      this.#fail(failure('bad-response', this.options.where, 'it switched protocols without being asked'));
      return;
    }
    // The reader stops here: what follows is not HTTP.
    this.#reader.pause();
    this.#upgrade = head;
  }

  #upgrade: ResponseHead | undefined;

  #end(): void {
    if (this.#interim) {
      this.#interim = false;
      return;
    }
    this.#complete = true;
    this.#reader.pause();
  }

  /** What a pushed chunk has brought to its end is told once the reader is out of it, so that what is left in it shows. */
  #settle(): void {
    const handler = this.#handler;
    if (handler === undefined) return;
    if (this.#upgrade !== undefined) {
      const head = this.#upgrade;
      const rest = this.#reader.takeRest();
      this.#detach();
      handler.upgraded(head, this.#socket, rest);
      return;
    }
    if (!this.#complete || this.#paused) return;
    const trailers = this.#trailers;
    const extensions = this.#extensions;
    this.#trailers = [];
    this.#extensions = [];
    this.#handler = undefined;
    this.#responding = false;
    this.#complete = false;
    this.served += 1;
    this.deadline = Number.POSITIVE_INFINITY;
    const again = this.#keepAlive && this.#requestDone && !this.#ended && this.#reader.idle;
    this.#reader.resume();
    if (again) this.options.released(this);
    else this.#socket.destroy();
    handler.responseEnd(trailers, extensions);
  }

  #detach(): void {
    this.#handler = undefined;
    this.#socket.pause();
    this.#socket
      .off('data', this.#onData)
      .off('end', this.#onEnd)
      .off('close', this.#onClose)
      .off('drain', this.#onDrain)
      .off('error', this.#onError);
    this.#context.deadlines.delete(this);
  }

  #invalid(error: WireError): void {
    if (error.code === 'incomplete' && this.#responding) {
      this.#fail(failure('origin-gone', this.options.where));
      return;
    }
    const why = `${error.code} at byte ${error.offset}: ${error.message}`;
    const reason = failure('bad-response', this.options.where, why);
    if (error.code !== 'incomplete' && this.#handler?.refused(why, () => this.giveAway())) return;
    this.#fail(reason);
  }

  #fail(reason: SessionFailure): void {
    const handler = this.#handler;
    this.#handler = undefined;
    this.#socket.destroy();
    const unanswered = this.served > 0 && !this.#answered;
    handler?.failed(reason, unanswered);
  }
}
