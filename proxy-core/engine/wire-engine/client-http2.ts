/**
 * A client's connection on which HTTP/2 is spoken (RFC 9113): its streams become requests. What is malformed is refused and recorded with
 * what came. Refuses CONNECT and extended CONNECT (RFC 8441), which it does not offer: browsers then open WebSockets on a connection of
 * their own.
 */
import type { Socket } from 'node:net';
import type { HeaderPair } from '#model/headers.ts';
import type { RequestHead, SessionFailure } from '#model/session.ts';
import type { FieldBlock } from '../../wire/http2/field.ts';
import { ErrorCode } from '../../wire/http2/http2-fault.ts';
import { bodyLength, type RequestFields, readRequest } from '../../wire/http2/message-rules.ts';
import type { Http2Stream } from '../../wire/http2/stream.ts';
import { failure } from '../failure.ts';
import { failurePage } from '../failure-page.ts';
import { formatAuthority, makeTarget } from '../target.ts';
import type { Client } from './client.ts';
import { Http2ClientStream } from './client-http2-stream.ts';
import type { EngineContext } from './context.ts';
import { HTTP2 } from './http2-heads.ts';
import { type Http2Owner, Http2Socket } from './http2-socket.ts';
import { writePage } from './pages.ts';
import type { ClientStream, Framing } from './streams.ts';

export interface StreamSink {
  request(stream: ClientStream, head: RequestHead, framing: Framing): void;
}

const NONE: Framing = { kind: 'none' };
const UNTIL_END: Framing = { kind: 'chunked' };

class ClientHttp2 implements Http2Owner {
  readonly socket: Http2Socket;
  readonly #context: EngineContext;
  readonly #client: Client;
  readonly #sink: StreamSink;
  /** Whether anything was asked; a connection that is of no use otherwise is worth a session. */
  #asked = false;

  constructor(context: EngineContext, client: Client, socket: Socket, sink: StreamSink) {
    this.#context = context;
    this.#client = client;
    this.#sink = sink;
    const idleMs = context.timeouts.clientKeepAlive;
    this.socket = new Http2Socket(context, socket, { role: 'server', owner: this, idleMs });
  }

  opened(stream: Http2Stream, block: FieldBlock, end: boolean): void {
    this.#asked = true;
    const request = readRequest(block);
    const { length, fault } = bodyLength(block, end);
    const head = this.#head(request);
    const client = new Http2ClientStream(stream, head.method, this.#client, this.#context);
    const wrong = request.fault ?? fault;
    if (block.tooLarge) this.#tooLarge(client, head, block.size);
    else if (wrong !== undefined) {
      this.#record(stream, this.#asReceived(head, block), failure('bad-request', '', wrong));
      stream.fault(ErrorCode.PROTOCOL_ERROR, wrong);
    } else if (request.method === 'CONNECT') this.#refuseConnect(client, head, request);
    else {
      stream.expect(length);
      const framing: Framing = end ? NONE : length === undefined ? UNTIL_END : { kind: 'length', length };
      this.#sink.request(client, head, framing);
    }
  }

  #head({ method, scheme, authority, path, headers }: RequestFields): RequestHead {
    const { tunnel, reverse } = this.#client.description;
    // A proxy's own connection names origins absolutely; in a tunnel the authority has the last word on the name.
    const absolute = tunnel === undefined && reverse === undefined && scheme !== '';
    const target = absolute ? `${scheme}://${authority}${path === '*' ? '' : path}` : path;
    if (headers.some(([name]) => name === 'host')) return { method, target, httpVersion: HTTP2, headers };
    const host: HeaderPair = ['host', authority || (tunnel ? formatAuthority(tunnel) : '')];
    return { method, target, httpVersion: HTTP2, headers: [host, ...headers] };
  }

  /** A head that cannot be told apart into method, target and fields: its fields as they came. */
  #asReceived({ method, target }: RequestHead, block: FieldBlock): RequestHead {
    return { method, target, httpVersion: HTTP2, headers: block.fields.map(({ pair }) => pair) };
  }

  #url({ target }: RequestHead): string {
    const { tunnel, reverse, tls } = this.#client.description;
    if (reverse !== undefined) return makeTarget(reverse.scheme, reverse.authority, target).url;
    if (tunnel !== undefined) return makeTarget(tls ? 'https' : 'http', tunnel, target).url;
    return /^https?:\/\/[^/]/.test(target) ? target : 'http://invalid/';
  }

  #record(stream: Http2Stream | undefined, head: RequestHead, why: SessionFailure): void {
    const url = this.#url(head);
    const { recording, options } = this.#context;
    const recorder = recording.begin({ kind: 'http', source: 'proxy', url, head }, options.capturing());
    const { facts } = this.#client;
    recorder.facts(stream === undefined ? facts : { ...facts, clientStream: stream.id });
    recorder.end('failed', {}, why);
  }

  #tooLarge(client: Http2ClientStream, head: RequestHead, size: number): void {
    const why = failure('bad-request', '', `the request's fields have ${size} octets or are too many`);
    this.#record(client.wire, head, why);
    writePage(client, { ...failurePage(why, this.#url(head), undefined), status: 431 }, head.method);
  }

  #refuseConnect(client: Http2ClientStream, head: RequestHead, { protocol }: RequestFields): void {
    const why = failure(
      'bad-request',
      '',
      protocol === undefined
        ? 'CONNECT is not served over HTTP/2; use HTTP/1.1 for it'
        : `${protocol} over HTTP/2 is not offered; open it over HTTP/1.1`,
    );
    this.#record(client.wire, head, why);
    writePage(client, { ...failurePage(why, this.#url(head), undefined), status: 501 }, head.method);
  }

  /** Its streams have sessions that say so; without any, the connection itself gets one. */
  failed(reason: string): void {
    if (this.#asked) return;
    const head: RequestHead = { method: 'PRI', target: '*', httpVersion: HTTP2, headers: [] };
    this.#record(undefined, head, failure('bad-request', '', reason));
  }

  closed(): void {
    this.#context.origins.dropOwner(this.#client);
  }
}

/** Serves a decrypted connection, or one on which the client began with the HTTP/2 preface; `first` was read of it before. */
export function serveHttp2(
  context: EngineContext,
  client: Client,
  socket: Socket,
  parts: { readonly first: Buffer; readonly sink: StreamSink },
): void {
  new ClientHttp2(context, client, socket, parts.sink).socket.start(parts.first);
}
