/** Reads timings and facts of one request to an origin off its socket's events. */
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { ExchangeFacts, Timings } from '#model/session.ts';
import { connectionNumber, peerAddress, tlsFacts } from '../facts.ts';

type Instant = 'socket' | 'lookup' | 'connect' | 'secure' | 'sent' | 'response' | 'end';

export class UpstreamClock {
  readonly #start = performance.now();
  readonly #at: Partial<Record<Instant, number>> = {};
  readonly #request: ClientRequest;
  #reused = false;
  #facts: ExchangeFacts = {};

  constructor(request: ClientRequest) {
    this.#request = request;
    request.once('socket', (socket) => this.#watch(socket));
    request.once('finish', () => this.#mark('sent'));
  }

  #mark(instant: Instant): void {
    this.#at[instant] ??= performance.now();
  }

  #watch(socket: Socket): void {
    this.#mark('socket');
    this.#reused = this.#request.reusedSocket;
    if (!socket.connecting) {
      this.#collect(socket);
      return;
    }
    socket.once('lookup', () => this.#mark('lookup'));
    socket.once('connect', () => {
      this.#mark('connect');
      this.#collect(socket);
    });
    socket.once('secureConnect', () => {
      this.#mark('secure');
      this.#collect(socket);
    });
  }

  #collect(socket: Socket): void {
    const address = peerAddress(socket);
    const tls = tlsFacts(socket, 'server');
    this.#facts = {
      ...(address ? { serverAddress: address } : {}),
      serverConnection: connectionNumber(socket),
      serverReused: this.#reused,
      ...(tls ? { serverTls: tls } : {}),
    };
  }

  responseBegan(): void {
    this.#mark('response');
  }

  responseEnded(): void {
    this.#mark('end');
  }

  /** Takes what a failed handshake still tells, above all the certificate that was refused. */
  failed(): void {
    const socket = this.#request.socket;
    if (socket && this.#at.connect !== undefined && this.#at.secure === undefined && !socket.destroyed) {
      this.#collect(socket);
    }
  }

  /** The server's side of the facts; empty until connected. */
  facts(): ExchangeFacts {
    return this.#facts;
  }

  /** Durations of the phases that took place. */
  timings(): Timings {
    const { socket, lookup, connect, secure, sent, response, end } = this.#at;
    const between = (name: keyof Timings, from: number | undefined, to: number | undefined): Timings =>
      from === undefined || to === undefined ? {} : { [name]: Math.max(0, to - from) };
    const ready = secure ?? connect ?? socket;
    return {
      ...between('blocked', this.#start, socket),
      ...between('dns', socket, lookup),
      ...between('connect', lookup ?? socket, connect),
      ...between('tls', connect, secure),
      ...between('send', ready, sent === undefined ? response : Math.max(sent, ready ?? sent)),
      ...between('wait', Math.max(sent ?? 0, ready ?? 0) || undefined, response),
      ...between('receive', response, end),
    };
  }
}
