/**
 * HTTP/1.1 messages from bytes (RFC 9112), sans I/O: push octets in any division, get the same events. No socket, no clock; nothing is
 * allocated per octet, and body octets are handed on as views. What it cannot read strictly it refuses with one coded error and then reads
 * no more: a stream whose framing is in doubt is never read on.
 */
import type { HeaderPair } from '#model/headers.ts';
import { ChunkedReader } from './chunked-reader.ts';
import { parseFields } from './fields.ts';
import { type Framing, requestFraming, responseFraming } from './framing.ts';
import { HeadBuffer } from './head-buffer.ts';
import { DEFAULT_LIMITS, type WireLimits } from './limits.ts';
import { parseRequestLine, parseStatusLine } from './start-line.ts';
import { type WireError, WireFault } from './wire-error.ts';

interface WireHeadParts {
  /** The head's octets, empty line included: a view, valid as long as its buffer. */
  readonly bytes: Buffer;
  /** The same octets as a byte string. */
  readonly text: string;
  readonly httpVersion: string;
  readonly headers: HeaderPair[];
  readonly framing: Framing;
}

export interface WireRequestHead extends WireHeadParts {
  readonly method: string;
  readonly target: string;
}

export interface WireResponseHead extends WireHeadParts {
  readonly status: number;
  readonly reason: string;
}

/** Events of one message: head, then data and chunkExtension in any number, then trailers (chunked bodies only), then end. */
export interface MessageHandler<H> {
  head(head: H): void;
  data(bytes: Buffer): void;
  chunkExtension(text: string): void;
  trailers(fields: HeaderPair[]): void;
  end(): void;
  /** Nothing comes after it. */
  error(error: WireError): void;
}

type HeadParser<H> = (bytes: Buffer, limits: WireLimits) => H;

export class MessageReader<H extends WireHeadParts> {
  readonly #parseHead: HeadParser<H>;
  readonly #handler: MessageHandler<H>;
  readonly #limits: WireLimits;
  readonly #head: HeadBuffer;
  #state: 'head' | 'length' | 'chunked' | 'until-close' | 'failed' = 'head';
  #left = 0;
  #chunked: ChunkedReader | undefined;
  #paused = false;
  #rest: Buffer[] = [];
  /** Octets of the stream before the buffer in hand. */
  #offset = 0;

  constructor(
    parseHead: HeadParser<H>,
    handler: MessageHandler<H>,
    limits: WireLimits,
    ignoreEmptyLines: boolean,
  ) {
    this.#parseHead = parseHead;
    this.#handler = handler;
    this.#limits = limits;
    this.#head = new HeadBuffer(limits.head, ignoreEmptyLines);
  }

  /** True between messages: nothing of a next one has been seen. */
  get idle(): boolean {
    return this.#state === 'head' && this.#head.empty && this.#rest.length === 0;
  }

  push(buffer: Buffer): void {
    if (this.#state === 'failed' || buffer.length === 0) return;
    if (this.#paused) {
      this.#rest.push(buffer);
      return;
    }
    let at = 0;
    try {
      while (at < buffer.length && !this.#paused) at = this.#read(buffer, at);
    } catch (error) {
      if (!(error instanceof WireFault)) throw error;
      this.#fail({ code: error.code, offset: this.#offset + error.at, message: error.message });
      return;
    }
    this.#offset += at;
    if (at < buffer.length) this.#rest.push(buffer.subarray(at));
  }

  /** The stream has ended. A body framed by that ends well; any other unfinished message is `incomplete`. */
  finish(): void {
    if (this.#state === 'failed') return;
    if (this.#state === 'until-close') this.#endMessage();
    else if (this.#state !== 'head' || !this.#head.empty) {
      this.#fail({
        code: 'incomplete',
        offset: this.#offset,
        message: 'The connection ended inside a message.',
      });
    }
  }

  /** Stops before the next octet, from within a handler too; what has been pushed is kept. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    const rest = this.#rest;
    this.#rest = [];
    for (const buffer of rest) this.push(buffer);
  }

  /** Octets pushed and not read, for what follows a CONNECT or an upgrade. The reader is of no use afterwards. */
  takeRest(): Buffer {
    this.#state = 'failed';
    return Buffer.concat([this.#head.take(), ...this.#rest.splice(0)]);
  }

  #fail(error: WireError): void {
    this.#state = 'failed';
    this.#rest = [];
    this.#handler.error(error);
  }

  #read(buffer: Buffer, at: number): number {
    switch (this.#state) {
      case 'head':
        return this.#readHead(buffer, at);
      case 'length':
        return this.#readLength(buffer, at);
      case 'chunked':
        return this.#readChunked(buffer, at);
      default:
        this.#handler.data(at === 0 ? buffer : buffer.subarray(at));
        return buffer.length;
    }
  }

  #readHead(buffer: Buffer, at: number): number {
    const held = this.#head.length;
    const { used, bytes } = this.#head.add(buffer, at);
    if (bytes === undefined) return at + used;
    const begin = at - held;
    let head: H;
    try {
      head = this.#parseHead(bytes, this.#limits);
    } catch (error) {
      if (error instanceof WireFault) throw new WireFault(error.code, begin + error.at, error.message);
      throw error;
    }
    this.#begin(head.framing);
    this.#handler.head(head);
    if (head.framing.kind === 'none' && this.#state === 'head') this.#handler.end();
    return at + used;
  }

  #begin(framing: Framing): void {
    if (framing.kind === 'length') this.#left = framing.length;
    if (framing.kind === 'chunked') this.#chunked = new ChunkedReader(this.#handler, this.#limits);
    this.#state = framing.kind === 'none' ? 'head' : framing.kind;
  }

  #readLength(buffer: Buffer, at: number): number {
    const end = Math.min(buffer.length, at + this.#left);
    this.#left -= end - at;
    this.#handler.data(at === 0 && end === buffer.length ? buffer : buffer.subarray(at, end));
    if (this.#left === 0) this.#endMessage();
    return end;
  }

  #readChunked(buffer: Buffer, at: number): number {
    const chunked = this.#chunked;
    if (chunked === undefined) throw new Error('chunked state without its reader');
    const end = chunked.read(buffer, at);
    if (chunked.done) this.#endMessage();
    return end;
  }

  #endMessage(): void {
    this.#state = 'head';
    this.#chunked = undefined;
    this.#handler.end();
  }
}

function parseRequestHead(bytes: Buffer, limits: WireLimits): WireRequestHead {
  const text = bytes.toString('latin1');
  const { next, ...line } = parseRequestLine(text, limits.target);
  const headers = parseFields(text, next, { maxFields: limits.fields, allowSpaceBeforeColon: false });
  return { ...line, bytes, text, headers, framing: requestFraming(line.httpVersion, headers) };
}

/** Reads requests, one after the other. */
export function requestReader(
  handler: MessageHandler<WireRequestHead>,
  limits: WireLimits = DEFAULT_LIMITS,
): MessageReader<WireRequestHead> {
  // RFC 9112 §2.2: empty lines before a request line are to be ignored.
  return new MessageReader(parseRequestHead, handler, limits, true);
}

/** Reads responses; `methodOf` says, at each head, the method of the request it answers. */
export function responseReader(
  handler: MessageHandler<WireResponseHead>,
  methodOf: () => string,
  limits: WireLimits = DEFAULT_LIMITS,
): MessageReader<WireResponseHead> {
  const parse = (bytes: Buffer): WireResponseHead => {
    const text = bytes.toString('latin1');
    const { next, ...line } = parseStatusLine(text);
    const headers = parseFields(text, next, { maxFields: limits.fields, allowSpaceBeforeColon: true });
    return {
      ...line,
      bytes,
      text,
      headers,
      framing: responseFraming(line.status, methodOf(), line.httpVersion, headers),
    };
  };
  return new MessageReader(parse, handler, limits, false);
}
