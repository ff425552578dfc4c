/**
 * One request on a client's HTTP/2 connection and its answer. An answer that breaks off is reset, never ended; one that comes before the
 * whole request ends the request too (RFC 9113 §8.1).
 */
import type { Headers } from '#model/headers.ts';
import type { ResponseHead } from '#model/session.ts';
import type { Field } from '../../wire/http2/field.ts';
import { ErrorCode, errorName } from '../../wire/http2/http2-fault.ts';
import type { Http2Stream, StreamHandler, StreamReset } from '../../wire/http2/stream.ts';
import { failure } from '../failure.ts';
import type { Client } from './client.ts';
import type { EngineContext } from './context.ts';
import { HTTP2, http2Response, http2Trailers } from './http2-heads.ts';
import { NO_HANDLER } from './no-handler.ts';
import { STALLED } from './rejection.ts';
import { Standstill } from './standstill.ts';
import type { ClientHandler, ClientStream, Framing } from './streams.ts';
import { passingTrailers } from './trailers.ts';

const NOTHING: [] = [];

type StreamContext = Pick<EngineContext, 'timeouts' | 'protocol'>;

export class Http2ClientStream implements ClientStream, StreamHandler {
  readonly httpVersion = HTTP2;
  readonly client: Client;
  readonly wire: Http2Stream;
  handler: ClientHandler = NO_HANDLER;
  readonly #context: StreamContext;
  readonly #method: string;
  readonly #standstill = new Standstill();
  #done = false;

  constructor(wire: Http2Stream, method: string, client: Client, context: StreamContext) {
    this.wire = wire;
    this.#method = method;
    this.client = client;
    this.#context = context;
    wire.handler = this;
  }

  get streamId(): number {
    return this.wire.id;
  }

  // What the client says. Its head is what began the stream.

  receivedHead(): void {}

  receivedData(bytes: Buffer): void {
    this.handler.requestData(bytes);
  }

  receivedEnd(trailers: readonly Field[]): void {
    this.handler.requestEnd(trailers.length === 0 ? NOTHING : trailers.map(({ pair }) => pair), NOTHING);
  }

  receivedReset({ code, by, message }: StreamReset): void {
    if (this.#done) return;
    this.#done = true;
    if (by === 'fault') {
      this.handler.requestInvalid({ status: 400, failure: failure('bad-request', '', message) });
    } else this.handler.clientGone(code === undefined ? undefined : `HTTP/2 ${errorName(code)}`);
  }

  drained(): void {
    this.handler.clientDrained();
  }

  sweep(now: number): void {
    const { wire } = this;
    const uploading = !wire.remoteDone && !wire.paused;
    if (!wire.waiting && !uploading) {
      this.#standstill.restart();
      return;
    }
    if (this.#standstill.at(wire.progress, now) < this.#context.timeouts.idle) return;
    if (!wire.waiting && !this.#done) this.handler.requestInvalid(STALLED);
    else {
      wire.reset(ErrorCode.CANCEL);
      this.receivedReset({ code: undefined, by: 'peer', unprocessed: false, message: '' });
    }
  }

  // What is said to the client.

  pauseBody(): void {
    this.wire.pause();
  }

  resumeBody(): void {
    this.wire.resume();
  }

  informational(head: ResponseHead): void {
    if (this.#done) return;
    const { pseudo, headers } = http2Response(head, false);
    this.wire.sendHead(pseudo, headers, false);
  }

  respond(head: ResponseHead, framing: Framing): ResponseHead {
    const { sent, pseudo, headers } = http2Response(head, this.#context.protocol.via);
    // Without a body there is nothing to wait for; an answer to HEAD never has one.
    const end = framing.kind === 'none' || this.#method === 'HEAD';
    this.wire.sendHead(pseudo, headers, end);
    return sent;
  }

  write(bytes: Buffer): boolean {
    return this.wire.write(bytes);
  }

  end(trailers: Headers = []): void {
    if (this.#done) return;
    this.#done = true;
    this.wire.end(trailers.length === 0 ? trailers : http2Trailers(passingTrailers(trailers)));
    // The rest of the request is not wanted.
    this.wire.discard();
    this.wire.resetAfter(ErrorCode.NO_ERROR);
  }

  /** A connection of many streams is not ended for one. */
  closeAfter(): void {}

  abort(): void {
    this.#done = true;
    this.wire.reset(ErrorCode.INTERNAL_ERROR);
  }
}
