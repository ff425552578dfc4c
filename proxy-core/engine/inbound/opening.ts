/**
 * Reads the first bytes of a client's connection until it is known what is spoken on it, and of TLS the whole ClientHello. Takes no
 * more than is needed to know, says nothing to the client, and leaves the connection paused for whoever goes on.
 */
import type { Socket } from 'node:net';
import { type ClientHello, ClientHelloReader } from './client-hello.ts';
import { type Protocol, sniff } from './sniff.ts';

/** `bytes`: all that was read, from the first on; they are not in the socket any more. */
export type Opening =
  | { readonly protocol: Exclude<Protocol, 'tls'>; readonly bytes: Buffer }
  /** `hello` is undefined when it cannot be read. */
  | { readonly protocol: 'tls'; readonly bytes: Buffer; readonly hello: ClientHello | undefined }
  /** `silent`: a limit passed. With no bytes the client waits for the server to speak first. */
  | { readonly protocol: 'silent'; readonly bytes: Buffer }
  /** The client stopped sending, or is gone. */
  | { readonly protocol: 'ended'; readonly bytes: Buffer };

export interface OpeningOptions {
  /** Already read. */
  readonly first?: Uint8Array;
  /** How long a client may say nothing at all, in ms. */
  readonly silenceMs: number;
  /** How long it may take from its first byte on, in ms. */
  readonly wholeMs: number;
}

/** What was read of one connection so far, and what it says. */
class Beginning {
  readonly #chunks: Buffer[] = [];
  #reader: ClientHelloReader | undefined;

  get bytes(): Buffer {
    const [only = Buffer.alloc(0)] = this.#chunks;
    return this.#chunks.length > 1 ? Buffer.concat(this.#chunks) : only;
  }

  get empty(): boolean {
    return this.#chunks.length === 0;
  }

  /** Undefined when more is needed. */
  push(chunk: Buffer): Opening | undefined {
    this.#chunks.push(chunk);
    if (this.#reader) return this.#opened(this.#reader.push(chunk));
    const { bytes } = this;
    const protocol = sniff(bytes);
    if (protocol === 'more') return undefined;
    if (protocol !== 'tls') return { protocol, bytes };
    this.#reader = new ClientHelloReader();
    return this.#opened(this.#reader.push(bytes));
  }

  #opened(hello: ReturnType<ClientHelloReader['push']>): Opening | undefined {
    if (hello === 'more') return undefined;
    return { protocol: 'tls', bytes: this.bytes, hello: hello === 'invalid' ? undefined : hello };
  }
}

/** Resolves once it is known; never rejects. Listens for errors only until then: the socket needs a listener of its own. */
export function readOpening(socket: Socket, options: OpeningOptions): Promise<Opening> {
  const { first = Buffer.alloc(0), silenceMs, wholeMs } = options;
  const beginning = new Beginning();
  const known =
    first.length > 0 ? beginning.push(Buffer.from(first.buffer, first.byteOffset, first.length)) : undefined;
  if (known) return Promise.resolve(known);
  if (socket.destroyed || socket.readableEnded)
    return Promise.resolve({ protocol: 'ended', bytes: beginning.bytes });
  return new Promise((resolve) => {
    const settle = (opening: Opening) => {
      clearTimeout(timer);
      socket.off('data', take).off('end', ended).off('close', ended).off('error', ended);
      socket.pause();
      resolve(opening);
    };
    const silent = () => settle({ protocol: 'silent', bytes: beginning.bytes });
    const ended = () => settle({ protocol: 'ended', bytes: beginning.bytes });
    const take = (chunk: Buffer) => {
      if (beginning.empty) {
        clearTimeout(timer);
        timer = setTimeout(silent, wholeMs);
      }
      const opening = beginning.push(chunk);
      if (opening) settle(opening);
    };
    let timer = setTimeout(silent, beginning.empty ? silenceMs : wholeMs);
    socket.on('data', take).on('end', ended).on('close', ended).on('error', ended).resume();
  });
}
