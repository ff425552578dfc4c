/**
 * HTTP/1.1 messages from bytes (RFC 9112), sans I/O: push octets in any division, get the same events. No socket, no clock; nothing is
 * allocated per octet, and body octets are handed on as views. What it cannot read strictly it refuses with one coded error and then reads
 * no more: a stream whose framing is in doubt is never read on.
 */
import type { HeaderPair } from '#model/headers.ts';
import { ChunkedReader } from './chunked-reader.ts';
import type { Framing } from './framing.ts';
import { HeadBuffer, type HeadStep } from './head-buffer.ts';
import { DEFAULT_LIMITS, type WireLimits } from './limits.ts';
import { parseRequestHead, parseResponseHead } from './parse-head.ts';
import { type WireError, WireFault } from './wire-error.ts';

interface WireHeadParts {
  /** The head's octets as they came, empty line included, as a byte string. */
  readonly text: string;
  /**
   * The pairs are what is to be sent on, for `text` must not be: white space before a colon was taken out of a response (RFC 9112 §5.1), or
   * the reader is lenient and had to be. After a lenient reading the connection should serve no further message.
   */
  readonly normalized: boolean;
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

export interface ReaderOptions {
  /** Put right what RFC 9112 allows to put right instead of refusing it (lenient-text.ts, `FramingFields.lenient`); false when absent. */
  readonly lenient?: boolean;
}

type HeadParser<H> = (text: string) => H;

const NOTHING = Buffer.alloc(0);

export class MessageReader<H extends WireHeadParts> {
  readonly #parseHead: HeadParser<H>;
  readonly #handler: MessageHandler<H>;
  readonly #limits: WireLimits;
  readonly #lenient: boolean;
  readonly #head: HeadBuffer;
  #state: 'head' | 'length' | 'chunked' | 'until-close' | 'failed' = 'head';
  #left = 0;
  #chunked: ChunkedReader | undefined;
  #paused = false;
  /** The buffer being read, and how far; empty when none is. */
  #buffer: Buffer = NOTHING;
  #at = 0;
  #reading = false;
  #rest: Buffer[] = [];
  #refusedHead: readonly Buffer[] = [];
  #finished = false;
  /** Octets of the stream before the buffer in hand. */
  #offset = 0;

  constructor(
    parseHead: HeadParser<H>,
    handler: MessageHandler<H>,
    limits: WireLimits,
    options: { readonly requests: boolean; readonly lenient: boolean },
  ) {
    this.#parseHead = parseHead;
    this.#handler = handler;
    this.#limits = limits;
    this.#lenient = options.lenient;
    this.#head = new HeadBuffer(limits.head, options);
  }

  /** True between messages: nothing of a next one has been seen. */
  get idle(): boolean {
    return (
      this.#state === 'head' && this.#at >= this.#buffer.length && this.#rest.length === 0 && this.#head.empty
    );
  }

  push(buffer: Buffer): void {
    if (this.#state === 'failed' || buffer.length === 0) return;
    if (this.#paused || this.#reading) {
      this.#rest.push(buffer);
      return;
    }
    this.#read(buffer);
    if (this.#rest.length > 0 || this.#finished) this.#readRest();
  }

  /**
   * The stream has ended. A body framed by that ends well; any other unfinished message is `incomplete`. While paused this waits until what
   * was pushed has been read.
   */
  finish(): void {
    this.#finished = true;
    if (!this.#paused && !this.#reading) this.#finish();
  }

  /** Stops before the next octet, from within a handler too; what has been pushed is kept. The end of a message without a body is told all the same. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    if (!this.#reading) this.#readRest();
  }

  /** Octets pushed and not read. After an error: those of the head that was refused, or of a body from the fault on, and what follows. */
  get unread(): Buffer {
    return Buffer.concat([this.#head.held, this.#buffer.subarray(this.#at), ...this.#rest]);
  }

  /**
   * Takes what is `unread`, for what follows a CONNECT, an upgrade or an error; from within the handler of a head or an end too. The reader is of
   * no use afterwards.
   */
  takeRest(): Buffer {
    this.#state = 'failed';
    const { unread } = this;
    this.#head.take();
    this.#rest = [];
    return unread;
  }

  /** Reads a buffer as far as it may. */
  #read(buffer: Buffer): void {
    this.#buffer = buffer;
    this.#at = 0;
    this.#reading = true;
    try {
      while (this.#at < buffer.length && !this.#paused && this.#state !== 'failed') this.#step(buffer);
    } catch (error) {
      if (!(error instanceof WireFault)) throw error;
      const refused = this.#chunked?.refused(buffer) ?? this.#refusedHead;
      this.#fail({ code: error.code, offset: this.#offset + error.at, message: error.message }, refused);
    } finally {
      this.#reading = false;
      this.#buffer = NOTHING;
    }
    if (this.#state === 'failed') return;
    this.#offset += this.#at;
    if (this.#at < buffer.length) this.#rest.unshift(buffer.subarray(this.#at));
  }

  /** Reads what was kept while paused or reading. */
  #readRest(): void {
    while (!this.#paused && this.#state !== 'failed') {
      const next = this.#rest.shift();
      if (next === undefined) break;
      this.#read(next);
    }
    if (this.#finished && !this.#paused) this.#finish();
  }

  #finish(): void {
    if (this.#state === 'failed') return;
    if (this.#state === 'until-close') this.#endMessage();
    else if (this.#state !== 'head' || !this.#head.empty) {
      const message = 'The connection ended inside a message.';
      this.#fail({ code: 'incomplete', offset: this.#offset, message }, [this.#head.take()]);
    }
  }

  #fail(error: WireError, refused: readonly Buffer[]): void {
    this.#state = 'failed';
    this.#buffer = NOTHING;
    this.#rest.unshift(...refused);
    this.#refusedHead = [];
    this.#handler.error(error);
  }

  /** Reads on in the buffer in hand. The place is kept before anything is told, so that a handler may take the rest. */
  #step(buffer: Buffer): void {
    switch (this.#state) {
      case 'head':
        this.#readHead(buffer);
        break;
      case 'length':
        this.#readLength(buffer);
        break;
      case 'chunked':
        this.#readChunked(buffer);
        break;
      default:
        this.#tell(buffer, buffer.length);
    }
  }

  /** Hands on the octets up to `end`. */
  #tell(buffer: Buffer, end: number): void {
    const at = this.#at;
    this.#at = end;
    this.#handler.data(at === 0 && end === buffer.length ? buffer : buffer.subarray(at, end));
  }

  #readHead(buffer: Buffer): void {
    const at = this.#at;
    const held = this.#head.length;
    let step: HeadStep;
    try {
      step = this.#head.add(buffer, at);
    } catch (error) {
      this.#refusedHead = [this.#head.take().subarray(0, held), buffer.subarray(at)];
      throw error;
    }
    const { used, text } = step;
    this.#at = at + used;
    if (text === undefined) return;
    let head: H;
    try {
      head = this.#parseHead(text);
    } catch (error) {
      if (!(error instanceof WireFault)) throw error;
      this.#refusedHead = [Buffer.from(text, 'latin1'), buffer.subarray(this.#at)];
      throw new WireFault(error.code, at - held + error.at, error.message);
    }
    this.#begin(head.framing);
    this.#handler.head(head);
    if (head.framing.kind === 'none' && this.#state === 'head') this.#handler.end();
  }

  #begin(framing: Framing): void {
    if (framing.kind === 'none') return;
    if (framing.kind === 'length') this.#left = framing.length;
    if (framing.kind === 'chunked') {
      this.#chunked = new ChunkedReader(this.#handler, this.#limits, this.#lenient);
    }
    this.#state = framing.kind;
  }

  #readLength(buffer: Buffer): void {
    const end = Math.min(buffer.length, this.#at + this.#left);
    this.#left -= end - this.#at;
    this.#tell(buffer, end);
    if (this.#left === 0 && this.#state === 'length') this.#endMessage();
  }

  #readChunked(buffer: Buffer): void {
    const chunked = this.#chunked;
    if (chunked === undefined) throw new Error('chunked state without its reader');
    this.#at = chunked.read(buffer, this.#at);
    if (chunked.done && this.#state === 'chunked') this.#endMessage();
  }

  #endMessage(): void {
    this.#state = 'head';
    this.#chunked = undefined;
    this.#handler.end();
  }
}

/** Reads requests, one after the other. */
export function requestReader(
  handler: MessageHandler<WireRequestHead>,
  limits: WireLimits = DEFAULT_LIMITS,
  { lenient = false }: ReaderOptions = {},
): MessageReader<WireRequestHead> {
  const parse = (text: string) => parseRequestHead(text, limits, lenient);
  return new MessageReader(parse, handler, limits, { requests: true, lenient });
}

/** Reads responses; `methodOf` says, at each head, the method of the request it answers. */
export function responseReader(
  handler: MessageHandler<WireResponseHead>,
  methodOf: () => string,
  limits: WireLimits = DEFAULT_LIMITS,
  { lenient = false }: ReaderOptions = {},
): MessageReader<WireResponseHead> {
  const parse = (text: string) => parseResponseHead(text, methodOf(), limits, lenient);
  return new MessageReader(parse, handler, limits, { requests: false, lenient });
}
