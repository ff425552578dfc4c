/**
 * One request on an origin's HTTP/2 connection and its answer. An answer that is malformed (RFC 9113 §8.1.1), breaks off or does not come
 * is a failure with its reason; a request that is given up is reset, never ended.
 */
import type { Headers } from '#model/headers.ts';
import type { ResponseHead, SessionFailure } from '#model/session.ts';
import type { Field, FieldBlock } from '../../wire/http2/field.ts';
import { ErrorCode, errorName } from '../../wire/http2/http2-fault.ts';
import { bodyLength, readResponse } from '../../wire/http2/message-rules.ts';
import type { Http2Stream, StreamHandler, StreamReset } from '../../wire/http2/stream.ts';
import { classify, failure, TimeLimitError } from '../failure.ts';
import type { EngineContext } from './context.ts';
import { HTTP2, http2Trailers } from './http2-heads.ts';
import { Standstill } from './standstill.ts';
import type { Framing, OriginHandler, OriginRequest, OriginStream } from './streams.ts';

const NONE: Framing = { kind: 'none' };
const UNTIL_END: Framing = { kind: 'chunked' };
/** Interim responses (RFC 9110 §15.2) before the final one. */
const MAX_INFORMATIONAL = 100;
const NOTHING: [] = [];

export interface OriginStreamParts {
  readonly context: Pick<EngineContext, 'timeouts'>;
  readonly where: string;
  readonly request: OriginRequest;
  readonly handler: OriginHandler;
  /** The connection had served before. */
  readonly reused: boolean;
  /** Told that the origin wants HTTP/1.1 for such a request. */
  readonly http1Required: () => void;
}

/** What of a message is not allowed to have a body has none, whatever its fields say (RFC 9110 §6.4.1). */
const isBodyless = (method: string, status: number) => method === 'HEAD' || status === 204 || status === 304;

export class Http2OriginStream implements OriginStream, StreamHandler {
  readonly #wire: Http2Stream;
  readonly #parts: OriginStreamParts;
  readonly #standstill = new Standstill();
  #handler: OriginHandler | undefined;
  #responding = false;
  #informational = 0;

  constructor(wire: Http2Stream, parts: OriginStreamParts) {
    this.#wire = wire;
    this.#parts = parts;
    this.#handler = parts.handler;
    wire.handler = this;
  }

  // What is said to the origin.

  write(bytes: Buffer): boolean {
    return this.#wire.write(bytes);
  }

  end(trailers: Headers = []): void {
    this.#wire.end(trailers.length === 0 ? trailers : http2Trailers(trailers));
  }

  pauseBody(): void {
    this.#wire.pause();
  }

  resumeBody(): void {
    this.#wire.resume();
  }

  abort(): void {
    this.#handler = undefined;
    this.#wire.reset(ErrorCode.CANCEL);
  }

  // What the origin says.

  receivedHead(block: FieldBlock, end: boolean): void {
    const { status, headers, fault } = readResponse(block, end);
    const bodyless = isBodyless(this.#parts.request.head.method, status);
    const { length, fault: lengthFault } = bodyLength(block, end && !bodyless);
    const wrong = block.tooLarge
      ? `the response's fields have ${block.size} octets or are too many`
      : (fault ?? lengthFault);
    if (wrong !== undefined) {
      this.#wire.fault(ErrorCode.PROTOCOL_ERROR, wrong);
      return;
    }
    const head: ResponseHead = { httpVersion: HTTP2, status, reason: '', headers };
    if (status < 200) this.#interim(head);
    else this.#final(head, end || bodyless, bodyless ? 0 : length);
  }

  #interim(head: ResponseHead): void {
    this.#informational += 1;
    if (this.#informational > MAX_INFORMATIONAL) {
      this.#wire.fault(ErrorCode.ENHANCE_YOUR_CALM, 'there are too many interim responses');
    } else this.#handler?.informational(head);
  }

  #final(head: ResponseHead, bodyless: boolean, length: number | undefined): void {
    this.#wire.headDone = true;
    this.#responding = true;
    this.#wire.expect(length);
    const framing: Framing = bodyless ? NONE : length === undefined ? UNTIL_END : { kind: 'length', length };
    this.#handler?.response(head, framing);
  }

  receivedData(bytes: Buffer): void {
    this.#handler?.responseData(bytes);
  }

  receivedEnd(trailers: readonly Field[]): void {
    const handler = this.#handler;
    this.#handler = undefined;
    handler?.responseEnd(trailers.length === 0 ? NOTHING : trailers.map(({ pair }) => pair), NOTHING);
    // An answer that came before the whole request: the rest of it is not sent.
    if (!this.#wire.localDone) this.#wire.reset(ErrorCode.CANCEL);
  }

  receivedReset(reason: StreamReset): void {
    const { where, reused } = this.#parts;
    const { code, by, unprocessed } = reason;
    const said = resetReason(reason);
    if (code === ErrorCode.HTTP_1_1_REQUIRED) this.#parts.http1Required();
    if (by === 'fault') this.#fail(failure('bad-response', where, said), false);
    else if (this.#responding) this.#fail(failure('origin-gone', where, said), false);
    else if (code !== undefined) {
      const again = unprocessed || code === ErrorCode.HTTP_1_1_REQUIRED;
      this.#fail(failure('reset', where, said), again);
    } else this.#fail(classify(Object.assign(new Error('closed'), { code: 'ECONNRESET' }), where), reused);
  }

  drained(): void {
    this.#handler?.originDrained();
  }

  /** Silence is measured from the last octet either way. */
  sweep(now: number): void {
    const { context, where } = this.#parts;
    const wire = this.#wire;
    if (wire.paused || this.#handler === undefined) {
      this.#standstill.restart();
      return;
    }
    // In the middle of an upload it is the client who is silent; its own limit, where it has one, says so first.
    const uploading = !wire.localDone && !wire.waiting;
    const limit = uploading ? context.timeouts.idle * 2 : context.timeouts.idle;
    if (this.#standstill.at(wire.progress, now) < limit) return;
    wire.reset(ErrorCode.CANCEL);
    this.#fail(classify(new TimeLimitError('answer'), where), false);
  }

  #fail(reason: SessionFailure, unanswered: boolean): void {
    const handler = this.#handler;
    this.#handler = undefined;
    handler?.failed(reason, unanswered);
  }
}

/** The code by its name, and what was said with it. */
function resetReason({ code, message }: StreamReset): string {
  const name = code === undefined ? '' : `HTTP/2 ${errorName(code)}`;
  if (message === '') return name;
  return name === '' ? message : `${name}: ${message}`;
}
