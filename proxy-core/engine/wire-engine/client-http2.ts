/**
 * A client's connection on which HTTP/2 is spoken (RFC 9113), by Node's implementation. Floods of every kind are bounded by its limits,
 * set below the defaults where those are meant for friendlier peers. Refuses extended CONNECT (RFC 8441) by not offering it: browsers
 * then open WebSockets on a connection of their own.
 */
import {
  constants,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Duplex } from 'node:stream';
import { type Headers, headerValues, pairsFromFlat } from '#model/headers.ts';
import type { RequestHead, ResponseHead } from '#model/session.ts';
import { failure } from '../failure.ts';
import { formatAuthority } from '../target.ts';
import type { Client } from './client.ts';
import type { EngineContext } from './context.ts';
import { HTTP2, http2Response, readHttp2Request, sameFields } from './http2-heads.ts';
import type { ClientHandler, ClientStream, Framing, Rejection } from './streams.ts';
import { passingTrailers } from './trailers.ts';

export interface StreamSink {
  request(stream: ClientStream, head: RequestHead, framing: Framing): void;
}

const MAX_STREAMS = 256;
const STREAM_WINDOW = 1024 * 1024;
const CONNECTION_WINDOW = 16 * 1024 * 1024;

const OPTIONS = {
  settings: {
    maxConcurrentStreams: MAX_STREAMS,
    initialWindowSize: STREAM_WINDOW,
    maxHeaderListSize: 64 * 1024,
    enableConnectProtocol: false,
    enablePush: false,
  },
  maxHeaderListPairs: 1000,
  // Malformed streams and frames after which the connection is ended.
  maxSessionInvalidFrames: 200,
  maxSessionRejectedStreams: 100,
  maxOutstandingPings: 10,
  maxOutstandingSettings: 10,
  // Rapid reset (CVE-2023-44487): a burst, and how many a second after it.
  streamResetBurst: 1000,
  streamResetRate: 100,
  // In MB, for header tables and frames under way; bodies are bounded by windows.
  maxSessionMemory: 32,
};

/** Serves a decrypted connection, or one on which the client began with the HTTP/2 preface. */
export function serveHttp2(context: EngineContext, client: Client, socket: Duplex, sink: StreamSink): void {
  const session: ServerHttp2Session = performServerHandshake(socket, OPTIONS);
  session.setLocalWindowSize(CONNECTION_WINDOW);
  session.setTimeout(context.timeouts.clientKeepAlive, () => {
    if (open === 0) session.close();
  });
  let open = 0;
  session.on('error', () => {});
  session.on('stream', (stream, _headers, _flags, rawHeaders) => {
    open += 1;
    stream.once('close', () => {
      open -= 1;
    });
    accept(client, stream, rawHeaders as unknown as string[], sink);
  });
}

function accept(client: Client, stream: ServerHttp2Stream, flat: readonly string[], sink: StreamSink): void {
  stream.on('error', () => {});
  const { method, scheme, authority, path, headers } = readHttp2Request(flat);
  if (method === 'CONNECT') {
    // Neither a proxy inside the tunnel nor extended CONNECT was offered (RFC 9113 §8.5).
    stream.respond({ ':status': 501 }, { endStream: true });
    return;
  }
  const { tunnel } = client.description;
  // A proxy's own connection names origins absolutely; in a tunnel the authority has the last word on the name.
  const target =
    tunnel === undefined && scheme !== '' ? `${scheme}://${authority}${path === '*' ? '' : path}` : path;
  const named = headers.some(([name]) => name === 'host');
  const fields: Headers = named
    ? headers
    : [['host', authority || (tunnel ? formatAuthority(tunnel) : '')], ...headers];
  const head: RequestHead = { method, target, httpVersion: HTTP2, headers: fields.map(([a, b]) => [a, b]) };
  const framing = framingOf(head, stream);
  sink.request(new Http2ClientStream(client, stream, head, framing), head, framing);
}

function framingOf(head: RequestHead, stream: ServerHttp2Stream): Framing {
  if (stream.endAfterHeaders) return { kind: 'none' };
  const [length] = headerValues(head.headers, 'content-length');
  return length !== undefined && /^\d{1,15}$/.test(length)
    ? { kind: 'length', length: Number(length) }
    : { kind: 'chunked' };
}

const WRONG_LENGTH: Rejection = {
  status: 400,
  failure: failure('bad-request', '', 'the body is not as long as its Content-Length says'),
};

const NO_HANDLER: ClientHandler = {
  requestData() {},
  requestEnd() {},
  requestInvalid() {},
  clientDrained() {},
  clientGone() {},
};

class Http2ClientStream implements ClientStream {
  readonly client: Client;
  readonly httpVersion = HTTP2;
  readonly streamId: number;
  readonly #stream: ServerHttp2Stream;
  readonly #trailersWanted: boolean;
  #handler = NO_HANDLER;
  #done = false;
  /** Octets of the body still to come, where their number was said. */
  #left: number | undefined;
  #aborted = false;
  #requestTrailers: Headers = [];
  #responseTrailers: Headers = [];

  constructor(client: Client, stream: ServerHttp2Stream, head: RequestHead, framing: Framing) {
    this.client = client;
    this.#stream = stream;
    this.streamId = stream.id ?? 0;
    this.#trailersWanted = headerValues(head.headers, 'te').length > 0;
    stream.on('trailers', (_headers: unknown, _flags: unknown, flat: unknown) => {
      if (Array.isArray(flat)) this.#requestTrailers = pairsFromFlat(flat as string[]);
    });
    if (framing.kind === 'length') this.#left = framing.length;
    stream.on('end', () => {
      // Node tells a stream's end also where its length was wrong (RFC 9113 §8.1.1).
      if (this.#left !== undefined && this.#left !== 0) this.#handler.requestInvalid(WRONG_LENGTH);
      else {
        this.#handler.requestEnd(
          this.#requestTrailers.map(([name, value]) => [name, value]),
          [],
        );
      }
    });
    stream.on('drain', () => this.#handler.clientDrained());
    stream.on('close', () => {
      if (this.#done) return;
      this.#done = true;
      this.#handler.clientGone();
    });
  }

  get handler(): ClientHandler {
    return this.#handler;
  }

  /** Data flows from now on, so that none is missed. */
  set handler(handler: ClientHandler) {
    const first = this.#handler === NO_HANDLER;
    this.#handler = handler;
    if (first) {
      this.#stream.on('data', (bytes: Buffer) => {
        if (this.#left !== undefined) this.#left -= bytes.length;
        this.#handler.requestData(bytes);
      });
    }
  }

  pauseBody(): void {
    this.#stream.pause();
  }

  resumeBody(): void {
    this.#stream.resume();
  }

  informational(head: ResponseHead): void {
    if (this.#done || this.#stream.headersSent) return;
    const { sent } = http2Response(head);
    this.#stream.additionalHeaders({ ':status': head.status, ...Object.fromEntries(sent.headers) });
  }

  respond(head: ResponseHead, framing: Framing): ResponseHead {
    const { sent, flat } = http2Response(head);
    if (this.#done || this.#stream.destroyed) return sent;
    // Node ends a stream's data before it resets it, so that a body of unknown length that breaks off would look whole. A stream that
    // waits for trailers is ended by them alone.
    const waitForTrailers = framing.kind !== 'none' && (framing.kind !== 'length' || this.#trailersWanted);
    if (waitForTrailers) {
      this.#stream.once('wantTrailers', () => {
        if (!this.#aborted) this.#stream.sendTrailers(collected(passingTrailers(this.#responseTrailers)));
      });
    }
    // Node's types know only the object form, in which order and duplicates are lost.
    this.#stream.respond(flat as never, { endStream: framing.kind === 'none', waitForTrailers });
    return head.httpVersion === HTTP2 && sameFields(head.headers, sent.headers) ? head : sent;
  }

  write(bytes: Buffer): boolean {
    return this.#done || this.#stream.destroyed || this.#stream.write(bytes);
  }

  end(trailers: Headers = []): void {
    this.#responseTrailers = trailers;
    if (this.#done) return;
    this.#done = true;
    if (!this.#stream.writableEnded) this.#stream.end();
    // An answer that came before the whole request: the rest is not wanted (RFC 9113 §8.1).
    if (!this.#stream.readableEnded) {
      this.#stream.once('finish', () => this.#stream.close(constants.NGHTTP2_NO_ERROR));
    }
  }

  closeAfter(): void {}

  abort(): void {
    this.#done = true;
    this.#aborted = true;
    this.#stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }
}

/** Pairs as Node wants trailers: an object, several values of a name in an array. */
function collected(pairs: Headers): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    const before = fields[key];
    if (before === undefined) fields[key] = value;
    else fields[key] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return fields;
}
