/**
 * Leads a client's connection through SOCKS up to its request: reads and answers on the socket what socks-server.ts decides. Whether the
 * request is granted is not said here; a client that is refused gets its reply and an end.
 */
import type { Socket } from 'node:net';
import type { ProxyCredentials } from '../settings.ts';
import { type SocksErrorCode, type SocksRequest, SocksServer } from './socks-server.ts';

/** How long a client that was refused may take to end its side. */
const LINGER_MS = 2000;

export interface AcceptedSocks {
  readonly request: SocksRequest;
  /** What the client has already sent to the host it asked for. */
  readonly leftover: Buffer;
}

/** SOCKS did not come about; the connection is ending or gone. The message is a sentence for a session. */
export class SocksError extends Error {
  readonly code: SocksErrorCode | 'time-limit' | 'ended';

  constructor(code: SocksError['code'], message: string) {
    super(message);
    this.name = 'SocksError';
    this.code = code;
  }
}

export interface AcceptSocksOptions {
  /** Asked of the client (RFC 1929); none when absent. */
  readonly credentials?: ProxyCredentials | undefined;
  /** Limit of the whole negotiation in ms. */
  readonly limitMs: number;
}

/**
 * `first` is what was already read, from the first byte on. Resolves with the socket paused.
 * @throws SocksError
 */
export function acceptSocks(
  socket: Socket,
  first: Uint8Array,
  options: AcceptSocksOptions,
): Promise<AcceptedSocks> {
  const server = new SocksServer(options.credentials);
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      socket.off('data', take).off('end', ended).off('close', ended).off('error', ended);
      socket.pause();
    };
    const refuse = (code: SocksError['code'], message: string, reply: Uint8Array = new Uint8Array(0)) => {
      settle();
      // What it still sends is read and dropped: unread, it would turn the end into a reset, and the reply would be lost.
      socket.resume().end(reply);
      const lingering = setTimeout(() => socket.destroy(), LINGER_MS);
      socket.once('close', () => clearTimeout(lingering));
      reject(new SocksError(code, message));
    };
    const ended = () => refuse('ended', 'The client left before it had asked for a host by SOCKS.');
    const take = (chunk: Uint8Array) => {
      const step = server.push(chunk);
      if (step.kind === 'error') {
        refuse(step.code, step.detail, step.reply);
        return;
      }
      if (step.reply.length > 0) socket.write(step.reply);
      if (step.kind === 'more') return;
      settle();
      resolve({ request: step.request, leftover: step.leftover });
    };
    const timer = setTimeout(
      () => refuse('time-limit', 'The client did not say in time by SOCKS which host it wants.'),
      options.limitMs,
    );
    if (socket.destroyed || socket.readableEnded) {
      ended();
      return;
    }
    socket.on('data', take).on('end', ended).on('close', ended).on('error', ended);
    if (first.length > 0) socket.unshift(first);
    socket.resume();
  });
}
