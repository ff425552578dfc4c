/**
 * One request of a client, carried to its origin and back. Bodies pass in pieces with their framing unchanged; the recorder sees each
 * piece on the way. Ends in exactly one of: completed, client gone, origin gone, failed.
 */
import type { IncomingMessage, OutgoingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { headerValue, pairsFromFlat } from '#model/headers.ts';
import type { RequestHead, ResponseHead, SessionFailure, SessionState } from '#model/session.ts';
import { destinationOf } from '../destination.ts';
import { failure } from '../failure.ts';
import { failurePage } from '../failure-page.ts';
import { flatten, handshakeFields, requestFields, responseFields } from '../fields.ts';
import { pump } from '../pump.ts';
import type { Recorder } from '../recorder.ts';
import { formatAuthority, type Target } from '../target.ts';
import type { EngineContext } from './context.ts';
import { informationalMessage, writePage } from './response-writing.ts';
import { responseHead, type UpstreamExchange } from './upstream.ts';
import { relayWebSocket } from './websocket-relay.ts';

export interface Incoming {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** For a request to switch to WebSocket: the bytes that came after its head. */
  readonly upgrade?: { readonly first: Buffer };
}

/** Sends what heads there are now. `flushHeaders` would send them as UTF-8 and so change obs-text (RFC 9110 §5.5). */
function sendHead(message: OutgoingMessage): void {
  message.write(Buffer.alloc(0));
}

const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Serves one request; never throws, and leaves no error event unheard. */
export function serve(context: EngineContext, incoming: Incoming): void {
  const { request, response } = incoming;
  request.on('error', () => {});
  response.on('error', () => {});
  const head: RequestHead = {
    method: request.method ?? '',
    target: request.url ?? '',
    httpVersion: `HTTP/${request.httpVersion}`,
    headers: pairsFromFlat(request.rawHeaders),
  };
  const destination = destinationOf(
    { ...head, httpVersion: request.httpVersion },
    context.clients.of(request.socket),
  );
  if (destination.kind === 'local') {
    request.resume();
    writePage(response, context.options.localPage(destination.request));
    return;
  }
  const recorder = context.recording.begin(
    {
      kind: incoming.upgrade ? 'websocket' : 'http',
      source: 'proxy',
      url: destination.kind === 'origin' ? destination.target.url : destination.url,
      head,
    },
    context.options.capturing(),
  );
  if (destination.kind === 'invalid') {
    const reason = failure('bad-request', '', destination.reason);
    request.resume();
    recorder.requestEnd();
    writePage(response, failurePage(reason, destination.url, undefined), true);
    recorder.facts(context.clients.facts(request.socket));
    recorder.end('failed', {}, reason);
    return;
  }
  new Exchange(context, incoming, recorder, head, destination).start();
}

class Exchange {
  readonly #context: EngineContext;
  readonly #incoming: Incoming;
  readonly #recorder: Recorder;
  readonly #head: RequestHead;
  readonly #target: Target;
  readonly #connectTo: Target;
  readonly #client: Socket;
  readonly #hasBody: boolean;
  #upstream: UpstreamExchange | undefined;
  #origin: IncomingMessage | undefined;
  #requestDone = false;
  #retried = false;

  constructor(
    context: EngineContext,
    incoming: Incoming,
    recorder: Recorder,
    head: RequestHead,
    to: { target: Target; connectTo: Target },
  ) {
    this.#context = context;
    this.#incoming = incoming;
    this.#recorder = recorder;
    this.#head = head;
    this.#target = to.target;
    this.#connectTo = to.connectTo;
    this.#client = incoming.request.socket;
    const { headers } = incoming.request;
    this.#hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  }

  start(): void {
    const { request, response } = this.#incoming;
    response.on('close', () => {
      if (!response.writableFinished) this.#clientGone();
    });
    this.#open();
    pump(request, undefined, (chunk) => {
      const pressure = this.#recorder.requestData(chunk);
      return this.#sendOn(chunk, pressure);
    });
    request.on('end', () => {
      const trailers = pairsFromFlat(request.rawTrailers);
      this.#requestDone = true;
      this.#recorder.requestEnd(trailers);
      const upstream = this.#upstream?.request;
      if (!upstream || upstream.destroyed || !this.#hasBody) return;
      if (trailers.length > 0) upstream.addTrailers(trailers);
      upstream.end();
    });
  }

  /** The upload's back pressure: the origin's and the sink's. */
  #sendOn(chunk: Buffer, pressure: Promise<void> | undefined): Promise<void> | undefined {
    const upstream = this.#upstream?.request;
    if (!upstream || upstream.destroyed || upstream.write(chunk)) return pressure;
    const drained = new Promise<void>((resolve) => {
      upstream.once('drain', resolve).once('close', resolve);
    });
    return pressure ? Promise.all([pressure, drained]).then(() => {}) : drained;
  }

  #open(): void {
    const { upgrade } = this.#incoming;
    const { method, headers } = this.#head;
    const fields = upgrade
      ? handshakeFields(headers, this.#connectTo.hostField)
      : requestFields(headers, this.#connectTo.hostField);
    const framed = fields.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
    // Node's client would add a chunked coding to a request that has no body; an explicit length says the same (RFC 9110 §8.6).
    if (!framed && !/^(GET|HEAD|DELETE|OPTIONS|TRACE|CONNECT)$/.test(method))
      fields.push(['Content-Length', '0']);
    const sni = this.#context.clients.of(this.#client).tls?.sni;
    this.#upstream = this.#context.upstream.open(
      { target: this.#connectTo, method, headers: fields, serverName: sni },
      {
        informational: (head) => this.#informational(head),
        response: (origin) => this.#respond(origin),
        ...(upgrade
          ? { upgraded: (...args: [IncomingMessage, Socket, Buffer]) => this.#switch(...args) }
          : {}),
        failed: (reason, reused) => this.#failed(reason, reused),
      },
    );
    if (this.#hasBody) sendHead(this.#upstream.request);
    else this.#upstream.request.end();
  }

  #informational(head: ResponseHead): void {
    if (head.status === 101) return;
    this.#recorder.informational(head);
    const { request, response } = this.#incoming;
    if (request.httpVersion === '1.0' || response.headersSent || response.destroyed) return;
    if (head.status === 100) response.writeContinue();
    else response.socket?.write(informationalMessage(head), 'latin1');
  }

  #respond(origin: IncomingMessage): void {
    const { request, response } = this.#incoming;
    this.#origin = origin;
    origin.on('error', () => this.#originGone());
    if (response.destroyed) {
      origin.destroy();
      return;
    }
    const head = responseHead(origin);
    this.#recorder.responseHead(head);
    response.sendDate = false;
    const fields = responseFields(head.headers, request.httpVersion);
    const framed = fields.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
    if (framed && request.httpVersion === '1.1') response.removeHeader('connection');
    else if (!framed) response.removeHeader('transfer-encoding');
    try {
      response.writeHead(head.status, head.reason, flatten(fields));
      sendHead(response);
    } catch {
      origin.destroy();
      this.#failed(failure('bad-response', formatAuthority(this.#target)), false);
      return;
    }
    pump(origin, response, (chunk) => this.#recorder.responseData(chunk));
    origin.on('end', () => this.#responded(origin));
  }

  #responded(origin: IncomingMessage): void {
    const { response } = this.#incoming;
    const trailers = pairsFromFlat(origin.rawTrailers);
    this.#upstream?.clock.responseEnded();
    this.#recorder.responseEnd(trailers);
    if (trailers.length > 0 && response.chunkedEncoding) response.addTrailers(trailers);
    response.end(() => this.#finish('completed'));
  }

  #switch(origin: IncomingMessage, socket: Socket, first: Buffer): void {
    const head = responseHead(origin);
    this.#recorder.responseHead(head);
    this.#recorder.responseEnd();
    this.#incoming.response.detachSocket(this.#client);
    relayWebSocket({
      client: this.#client,
      origin: socket,
      head,
      first: { client: this.#incoming.upgrade?.first ?? Buffer.alloc(0), origin: first },
      recorder: this.#recorder,
      finished: (state, reason) => {
        this.#upstream?.clock.responseEnded();
        this.#finish(state, reason && failure(reason, formatAuthority(this.#target)));
      },
    });
  }

  #failed(reason: SessionFailure, reused: boolean): void {
    if (this.#recorder.ended) return;
    if (
      reused &&
      reason.code === 'reset' &&
      !this.#retried &&
      !this.#hasBody &&
      REPEATABLE.has(this.#head.method)
    ) {
      this.#retried = true;
      this.#open();
      return;
    }
    const { response, request } = this.#incoming;
    const page = failurePage(reason, this.#target.url, headerValue(this.#head.headers, 'accept'));
    // Bytes of the request that are still to come belong to nothing: the connection ends with the page.
    const close = !this.#requestDone && this.#hasBody;
    request.resume();
    if (response.headersSent) this.#cut();
    else writePage(response, page, close);
    this.#finish('failed', reason);
  }

  #originGone(): void {
    if (this.#recorder.ended) return;
    this.#finish('server-aborted', failure('origin-gone', formatAuthority(this.#target)));
    this.#cut();
  }

  #clientGone(): void {
    this.#upstream?.request.destroy();
    this.#origin?.destroy();
    this.#finish('client-aborted', failure('client-gone', formatAuthority(this.#target)));
  }

  /** Ends the client's connection so that it cannot take the body for whole. */
  #cut(): void {
    if (this.#client instanceof TLSSocket) this.#client.destroy();
    else this.#client.resetAndDestroy();
  }

  #finish(state: Exclude<SessionState, 'active'>, reason?: SessionFailure): void {
    if (this.#recorder.ended) return;
    const clock = this.#upstream?.clock;
    this.#recorder.facts({ ...this.#context.clients.facts(this.#client), ...clock?.facts() });
    this.#recorder.end(state, clock?.timings() ?? {}, reason);
  }
}
