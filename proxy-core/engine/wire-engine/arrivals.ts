/**
 * From a connection's first byte to who reads it (RFC 9110 §9.3.6 for tunnels). One port takes everything: what is spoken is told by the
 * first bytes, never by the port. TLS is ended with our certificate, HTTP inside it or without it is served, anything else is passed on
 * as it is and recorded as a tunnel.
 */
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { RequestHead, SessionFailure } from '#model/session.ts';
import { connectionNumber, peerAddress } from '../facts.ts';
import { classify, failure } from '../failure.ts';
import { type ClientHello, ClientHelloReader } from '../inbound/client-hello.ts';
import { ClientTlsError, describeRejection } from '../inbound/client-rejection.ts';
import { rawTunnel } from '../inbound/raw-tunnel.ts';
import type { SecureContexts } from '../inbound/secure-contexts.ts';
import { type Protocol, sniff } from '../inbound/sniff.ts';
import { acceptTls } from '../inbound/tls-server.ts';
import type { Recorder } from '../recorder.ts';
import { type Authority, DEFAULT_PORT, formatAuthority } from '../target.ts';
import { Client, type ClientDescription } from './client.ts';
import { ClientHttp1, type RequestSink } from './client-http1.ts';
import type { EngineContext } from './context.ts';
import { firstBytes } from './first-bytes.ts';

/** After this long without a byte from the client of a tunnel, the server is connected: perhaps it speaks first (SMTP, SSH). */
const CLIENT_FIRST_MS = 300;
/** To a host on these ports the client always speaks first, and spare connections of browsers say nothing for long. */
const CLIENT_FIRST_PORTS = new Set(Object.values(DEFAULT_PORT));

/** A tunnel as it was asked for. */
export interface TunnelRequest {
  readonly authority: Authority;
  /** The CONNECT, or what stands for it. */
  readonly head: RequestHead;
}

type Described = Omit<ClientDescription, 'tls'>;

export interface ArrivalParts {
  readonly context: EngineContext;
  readonly contexts: SecureContexts;
  readonly requests: RequestSink;
}

export class Arrivals {
  readonly #context: EngineContext;
  readonly #contexts: SecureContexts;
  readonly #requests: RequestSink;

  constructor({ context, contexts, requests }: ArrivalParts) {
    this.#context = context;
    this.#contexts = contexts;
    this.#requests = requests;
  }

  /** A connection to the listening port. */
  accept(socket: Socket, reverse?: ClientDescription['reverse']): void {
    this.#keep(socket);
    socket.setNoDelay(true);
    const description: Described = {
      number: connectionNumber(socket),
      address: peerAddress(socket),
      ...(reverse === undefined ? {} : { reverse }),
    };
    void this.#arrive(socket, description);
  }

  /** So that closing the engine ends it, and an error before anyone listens ends no process. */
  #keep(socket: Socket): void {
    const { sockets } = this.#context;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  }

  async #arrive(socket: Socket, description: Described): Promise<void> {
    const { answer, bytes } = await firstBytes(
      socket,
      Buffer.alloc(0),
      sniff,
      this.#context.timeouts.clientHead,
    );
    switch (answer) {
      case 'gone':
      case 'silent':
        socket.end();
        socket.destroySoon();
        return;
      case 'tls':
        await this.#decrypt(socket, bytes, description);
        return;
      default:
        // What is no HTTP either gets an answer that says so.
        this.#http1(socket, bytes, description);
    }
  }

  #http1(socket: Socket, first: Buffer, description: ClientDescription): void {
    new ClientHttp1(this.#context, new Client(description), socket, this.#requests).start(first);
  }

  /** The client has been told that the tunnel stands; `first` are bytes it sent already. */
  async tunnel(
    socket: Socket,
    first: Buffer,
    request: TunnelRequest,
    outer: ClientDescription,
  ): Promise<void> {
    const { authority } = request;
    const description: Described = { number: outer.number, address: outer.address, tunnel: authority };
    const waits = CLIENT_FIRST_PORTS.has(authority.port)
      ? this.#context.timeouts.clientKeepAlive
      : CLIENT_FIRST_MS;
    const { answer, bytes } = await firstBytes(socket, first, sniff, waits);
    await this.#tunnelled(socket, answer, bytes, { request, description });
  }

  async #tunnelled(
    socket: Socket,
    answer: Protocol | 'silent' | 'gone',
    bytes: Buffer,
    tunnel: { request: TunnelRequest; description: Described },
  ): Promise<void> {
    switch (answer) {
      case 'gone':
        socket.end();
        return;
      case 'tls':
        await this.#decrypt(socket, bytes, tunnel.description, tunnel.request);
        return;
      case 'http1':
        this.#http1(socket, bytes, tunnel.description);
        return;
      default:
        await this.#passOn(socket, bytes, tunnel.request, tunnel.description, 'bytes');
    }
  }

  async #decrypt(
    socket: Socket,
    first: Buffer,
    description: Described,
    request?: TunnelRequest,
  ): Promise<void> {
    const reader = new ClientHelloReader();
    let read = 0;
    let hello: ClientHello | 'more' | 'invalid' = 'more';
    const { answer, bytes } = await firstBytes(
      socket,
      first,
      (all) => {
        hello = reader.push(all.subarray(read));
        read = all.length;
        return hello === 'more' ? 'more' : 'read';
      },
      this.#context.timeouts.clientHead,
    );
    if (answer !== 'read') {
      socket.destroy();
      return;
    }
    const known = typeof hello === 'string' ? undefined : (hello as ClientHello);
    const host = description.tunnel?.host;
    const keylog = this.#context.options.upstream?.keylog;
    try {
      const { tls, facts } = await acceptTls(socket, bytes, {
        contexts: this.#contexts,
        hello: known,
        ...(host === undefined ? {} : { host }),
        alpn: ['http/1.1'],
        ...(keylog === undefined ? {} : { keylog }),
      });
      this.#keep(tls);
      tls.allowHalfOpen = true;
      this.#decrypted(tls, { ...description, tls: facts });
    } catch (error) {
      if (!(error instanceof ClientTlsError)) throw error;
      this.#rejected(error, known, description, request);
    }
  }

  #decrypted(tls: TLSSocket, description: ClientDescription): void {
    this.#http1(tls, Buffer.alloc(0), description);
  }

  /** The client broke TLS off: a tunnel session says so. */
  #rejected(
    error: ClientTlsError,
    hello: ClientHello | undefined,
    description: Described,
    request: TunnelRequest | undefined,
  ): void {
    const authority = description.tunnel ?? { host: hello?.sni ?? 'unknown', port: DEFAULT_PORT.https };
    const name = hello?.sni ?? authority.host;
    const recorder = this.#begin(authority, request?.head);
    recorder.facts(new Client(description).facts);
    recorder.requestEnd();
    recorder.end('failed', {}, describeRejection(error, name));
  }

  #begin(authority: Authority, head: RequestHead | undefined): Recorder {
    const where = formatAuthority(authority);
    return this.#context.recording.begin(
      {
        kind: 'tunnel',
        source: 'proxy',
        url: `tunnel://${where}`,
        head: head ?? { method: 'CONNECT', target: where, httpVersion: 'HTTP/1.1', headers: [] },
      },
      this.#context.options.capturing(),
    );
  }

  /** Connects to the server and passes everything on. `first` may be empty: then whoever speaks first is waited for. */
  async #passOn(
    socket: Socket,
    first: Buffer,
    request: TunnelRequest,
    description: Described,
    record: 'bytes' | 'counts',
  ): Promise<void> {
    const { authority, head } = request;
    const host = formatAuthority(authority);
    let upstream: Awaited<ReturnType<EngineContext['origins']['connectTunnel']>>;
    try {
      upstream = await this.#context.origins.connectTunnel(authority);
    } catch (error) {
      this.#failed(socket, request, description, classify(error, host));
      return;
    }
    const { socket: server, facts, timings } = upstream;
    if (first.length === 0) {
      const speaker = await whoSpeaksFirst(socket, server, this.#context.timeouts.clientKeepAlive);
      if (speaker === 'client') {
        server.destroy();
        const { answer, bytes } = await firstBytes(socket, first, sniff, this.#context.timeouts.clientHead);
        await this.#tunnelled(socket, answer, bytes, { request, description });
        return;
      }
    }
    const recorder = this.#begin(authority, head);
    recorder.facts({ ...new Client(description).facts, ...facts });
    recorder.responseHead({
      httpVersion: 'HTTP/1.1',
      status: 200,
      reason: 'Connection Established',
      headers: [],
    });
    await rawTunnel(socket, server, {
      recorder,
      record,
      idleMs: this.#context.timeouts.idle,
      host,
      fromClient: first,
      timings,
    });
  }

  #failed(socket: Socket, request: TunnelRequest, description: Described, reason: SessionFailure): void {
    const recorder = this.#begin(request.authority, request.head);
    recorder.facts(new Client(description).facts);
    recorder.requestEnd();
    recorder.end('failed', {}, reason);
    socket.destroy();
  }

  /** A tunnel that could not be: for requests that ask for what cannot be connected to. */
  refuseTunnel(head: RequestHead, description: ClientDescription, reason: string): SessionFailure {
    const why = failure('bad-request', '', reason);
    const recorder = this.#context.recording.begin(
      { kind: 'tunnel', source: 'proxy', url: `tunnel://${head.target}`, head },
      this.#context.options.capturing(),
    );
    recorder.facts(new Client(description).facts);
    recorder.requestEnd();
    recorder.end('failed', {}, why);
    return why;
  }
}

/** Resolves with the side that has something to read, or is gone, first; nothing is taken out of either. */
function whoSpeaksFirst(client: Socket, server: Socket, ms: number): Promise<'client' | 'server'> {
  return new Promise((resolve) => {
    const done = (side: 'client' | 'server') => {
      clearTimeout(timer);
      client.off('readable', fromClient).off('close', fromServer);
      server.off('readable', fromServer).off('close', fromServer);
      resolve(side);
    };
    const fromClient = () => done('client');
    const fromServer = () => done('server');
    const timer = setTimeout(fromServer, ms);
    client.on('readable', fromClient).on('close', fromServer);
    server.on('readable', fromServer).on('close', fromServer);
  });
}
