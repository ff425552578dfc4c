/** One request on a client's HTTP/1.1 connection and its answer: how the answer is delimited, and what that means for the connection. */
import type { Headers } from '#model/headers.ts';
import type { RequestHead, ResponseHead } from '#model/session.ts';
import { encodeChunk, encodeLastChunk } from '../../wire/encode.ts';
import type { Client } from './client.ts';
import type { ClientHttp1 } from './client-http1.ts';
import type { EngineContext } from './context.ts';
import { fieldKind, firstOf, members } from './field-kinds.ts';
import { NO_HANDLER } from './no-handler.ts';
import { headBytes, outgoingInformational, outgoingResponse } from './outgoing-response.ts';
import { STALLED } from './rejection.ts';
import type { ClientHandler, ClientStream, Framing, GivenAway } from './streams.ts';
import { passingTrailers } from './trailers.ts';

function wantsKeepAlive(head: RequestHead): boolean {
  let keep = head.httpVersion !== 'HTTP/1.0';
  for (const [name, value] of head.headers) {
    const kind = fieldKind(name);
    if (kind !== 'connection' && kind !== 'proxy-connection') continue;
    if (value === 'keep-alive') keep = true;
    else if (members(value).includes('close')) return false;
    else if (members(value).includes('keep-alive')) keep = true;
  }
  return keep;
}

/** One request on the connection and its answer. */
export class Http1Stream implements ClientStream {
  readonly client: Client;
  readonly httpVersion: 'HTTP/1.0' | 'HTTP/1.1';
  keepAlive: boolean;
  readonly method: string;
  handler: ClientHandler = NO_HANDLER;
  requestDone = false;
  responseDone = false;
  /** Nothing follows the head, so that an answer given at once has come after the whole request. */
  readonly bodyless: boolean;
  readonly #connection: ClientHttp1;
  readonly #context: EngineContext;
  #chunked = false;
  #close = false;
  #delimited = true;
  readonly #trailersWanted: boolean;

  constructor(connection: ClientHttp1, head: RequestHead, context: EngineContext, bodyless: boolean) {
    this.bodyless = bodyless;
    this.#connection = connection;
    this.#context = context;
    this.client = connection.client;
    this.method = head.method;
    this.httpVersion = head.httpVersion === 'HTTP/1.0' ? 'HTTP/1.0' : 'HTTP/1.1';
    this.keepAlive = wantsKeepAlive(head);
    this.#trailersWanted = this.httpVersion === 'HTTP/1.1' && firstOf(head.headers, 'te') !== undefined;
  }

  pauseBody(): void {
    this.#connection.pauseReader();
  }

  resumeBody(): void {
    if (!this.requestDone) this.#connection.resumeReader();
  }

  /** Octets came in or went out: neither an upload nor an answer that goes on is stalled. */
  touched(): void {
    const waits = !this.requestDone || this.#connection.socket.writableNeedDrain;
    this.#connection.deadline = waits
      ? performance.now() + this.#context.timeouts.idle
      : Number.POSITIVE_INFINITY;
  }

  /** Starts the clock of a client that is to read before more is written. */
  #paced(more: boolean): boolean {
    if (!more && this.#connection.deadline === Number.POSITIVE_INFINITY) this.touched();
    return more;
  }

  stalled(): void {
    this.handler.requestInvalid(STALLED);
  }

  closeAfter(): void {
    this.keepAlive = false;
  }

  informational(head: ResponseHead): void {
    // RFC 9110 §15.2: none to an HTTP/1.0 client.
    if (this.httpVersion === 'HTTP/1.1') this.#connection.out.write(headBytes(outgoingInformational(head)));
  }

  respond(head: ResponseHead, framing: Framing): ResponseHead {
    const { via } = this.#context.protocol;
    const keepAlive = this.keepAlive && !this.#context.closing;
    const plan = outgoingResponse(head, framing, {
      httpVersion: this.httpVersion,
      keepAlive,
      via,
    });
    this.#chunked = plan.chunked;
    this.#close = plan.close;
    this.#delimited = plan.chunked || (framing.kind !== 'until-close' && framing.kind !== 'chunked');
    this.#connection.out.write(headBytes(plan.head));
    return plan.head;
  }

  write(bytes: Buffer): boolean {
    const { out } = this.#connection;
    if (!this.#chunked) return this.#paced(out.write(bytes));
    let more = true;
    for (const part of encodeChunk(bytes)) more = out.write(part);
    return this.#paced(more);
  }

  end(trailers: Headers = []): void {
    if (this.responseDone) return;
    this.responseDone = true;
    if (this.#chunked) {
      this.#connection.out.write(encodeLastChunk(this.#trailersWanted ? passingTrailers(trailers) : []));
    }
    this.#connection.answered(this, this.#close);
  }

  /**
   * Ends the connection so that the body cannot be taken for whole: a length or chunks tell that by themselves, TLS by its missing
   * close_notify, and a body delimited by the end needs a reset.
   */
  abort(): void {
    this.responseDone = true;
    const { socket } = this.#connection;
    this.#connection.out.flush();
    if ('encrypted' in socket) socket.destroy();
    else if (this.#delimited) socket.destroySoon();
    else socket.resetAndDestroy();
  }

  connectionGone(): void {
    if (this.responseDone) return;
    this.responseDone = true;
    this.handler.clientGone();
  }

  upgrade(head: ResponseHead): GivenAway {
    this.#connection.out.write(headBytes(head));
    return this.giveAway();
  }

  giveAway(): GivenAway {
    this.responseDone = true;
    return this.#connection.release();
  }
}
