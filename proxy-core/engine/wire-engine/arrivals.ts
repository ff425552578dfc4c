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
import type { ClientHello } from '../inbound/client-hello.ts';
import { ClientTlsError, describeRejection } from '../inbound/client-rejection.ts';
import { type Opening, readOpening } from '../inbound/opening.ts';
import type { PassReason, Passthrough } from '../inbound/passthrough.ts';
import { peerRefusal } from '../inbound/peer-policy.ts';
import { rawTunnel } from '../inbound/raw-tunnel.ts';
import type { SecureContexts } from '../inbound/secure-contexts.ts';
import { acceptSocks, SocksError } from '../inbound/socks-accept.ts';
import { socksReply } from '../inbound/socks-server.ts';
import { acceptTls } from '../inbound/tls-server.ts';
import { isThisMachine } from '../own-address.ts';
import type { Recorder } from '../recorder.ts';
import { type Authority, DEFAULT_PORT, formatAuthority, makeTarget } from '../target.ts';
import { Client, type ClientDescription } from './client.ts';
import { ClientHttp1, type RequestSink } from './client-http1.ts';
import { serveHttp2 } from './client-http2.ts';
import type { EngineContext } from './context.ts';

/** After this long without a byte from the client of a tunnel, the server is connected: perhaps it speaks first (SMTP, SSH). */
const CLIENT_FIRST_MS = 300;
/** On these ports the client always speaks first, and spare connections of browsers say nothing for long. */
const CLIENT_FIRST_PORTS = new Set(Object.values(DEFAULT_PORT));
const NOTHING = Buffer.alloc(0);

/** A tunnel as it was asked for. */
export interface TunnelRequest {
  readonly authority: Authority;
  /** The CONNECT, or what stands for it. */
  readonly head: RequestHead;
}

/** A connection before anything is known of TLS on it. */
interface Arrival {
  readonly socket: Socket;
  readonly description: Omit<ClientDescription, 'tls'>;
  readonly tunnel?: TunnelRequest;
}

export interface ArrivalParts {
  readonly context: EngineContext;
  readonly contexts: SecureContexts;
  readonly passthrough: Passthrough;
  readonly requests: RequestSink;
}

export class Arrivals {
  readonly #context: EngineContext;
  readonly #contexts: SecureContexts;
  readonly #passthrough: Passthrough;
  readonly #requests: RequestSink;
  readonly #lan: boolean;

  constructor({ context, contexts, passthrough, requests }: ArrivalParts) {
    this.#context = context;
    this.#contexts = contexts;
    this.#passthrough = passthrough;
    this.#requests = requests;
    const { host } = context.options;
    this.#lan = host !== 'localhost' && !(isThisMachine(host) && /^(127\.|::1$)/.test(host));
  }

  /** A connection to a listening port; `reverse` names the origin that the port stands for. */
  accept(socket: Socket, reverse?: ClientDescription['reverse']): void {
    this.#keep(socket);
    if (peerRefusal(socket.remoteAddress, this.#lan) !== undefined) {
      socket.destroy();
      return;
    }
    socket.setNoDelay(true);
    const description = {
      number: connectionNumber(socket),
      address: peerAddress(socket),
      ...(reverse === undefined ? {} : { reverse }),
    };
    this.#context.options.clientArrived?.(description.address, description.number);
    void this.#arrive({ socket, description });
  }

  /** So that closing the engine ends it, and an error before anyone listens ends no process. */
  #keep(socket: Socket): void {
    const { sockets } = this.#context;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  }

  async #arrive(arrival: Arrival): Promise<void> {
    const { socket, description } = arrival;
    const { clientHead, clientKeepAlive } = this.#context.timeouts;
    const opening = await readOpening(socket, { silenceMs: clientKeepAlive, wholeMs: clientHead });
    switch (opening.protocol) {
      case 'tls':
        return this.#decrypt(arrival, opening);
      case 'socks4':
      case 'socks5':
        return this.#socks(arrival, opening.bytes);
      case 'http2':
        return this.#http2(socket, opening.bytes, description);
      case 'silent':
      case 'ended':
        // A head that never became whole is answered as one (408); a connection on which nothing was said just ends.
        if (opening.bytes.length === 0 || opening.protocol === 'ended') {
          socket.end();
          socket.destroySoon();
          return;
        }
        return this.#http1(socket, opening.bytes, description);
      default:
        // What is no HTTP either gets an answer that says so.
        return this.#http1(socket, opening.bytes, description);
    }
  }

  #http1(socket: Socket, first: Buffer, description: ClientDescription): void {
    const client = new Client(description);
    new ClientHttp1(this.#context, client, socket, this.#requests).start(first);
    socket.once('close', () => this.#context.origins.dropOwner(client));
  }

  #http2(socket: Socket, first: Buffer, description: ClientDescription): void {
    serveHttp2(this.#context, new Client(description), socket, { first, sink: this.#requests });
  }

  async #socks(arrival: Arrival, first: Buffer): Promise<void> {
    const { socket, description } = arrival;
    try {
      const { request, leftover } = await acceptSocks(socket, first, {
        credentials: this.#context.options.inbound?.credentials,
        limitMs: this.#context.timeouts.clientHead,
      });
      socket.write(socksReply(request.version));
      const authority = { host: request.host.toLowerCase(), port: request.port };
      const head = {
        method: 'CONNECT',
        target: formatAuthority(authority),
        httpVersion: `SOCKS${request.version}`,
        headers: [],
      };
      await this.tunnel(socket, leftover, { authority, head }, description);
    } catch (error) {
      if (!(error instanceof SocksError)) throw error;
      if (error.code === 'ended') return;
      const head = { method: 'CONNECT', target: '', httpVersion: 'SOCKS', headers: [] };
      this.#recordRefusal(head, description, { code: 'bad-request', detail: error.message });
    }
  }

  /** The client has been told that the tunnel stands; `first` are bytes it sent already. */
  async tunnel(
    socket: Socket,
    first: Buffer,
    tunnel: TunnelRequest,
    outer: ClientDescription,
  ): Promise<void> {
    const { authority } = tunnel;
    const { clientHead, clientKeepAlive } = this.#context.timeouts;
    const arrival = {
      socket,
      tunnel,
      description: { number: outer.number, address: outer.address, tunnel: authority },
    };
    const silenceMs = CLIENT_FIRST_PORTS.has(authority.port) ? clientKeepAlive : CLIENT_FIRST_MS;
    const opening = await readOpening(socket, { first, silenceMs, wholeMs: clientHead });
    await this.#tunnelled(arrival, tunnel, opening);
  }

  async #tunnelled(arrival: Arrival, tunnel: TunnelRequest, opening: Opening): Promise<void> {
    const { socket, description } = arrival;
    switch (opening.protocol) {
      case 'ended':
        socket.end();
        socket.destroySoon();
        return;
      case 'tls':
        return this.#decrypt(arrival, opening);
      case 'http1':
        return this.#http1(socket, opening.bytes, description);
      case 'http2':
        return this.#http2(socket, opening.bytes, description);
      default:
        return this.#passOn(arrival, tunnel, opening.bytes);
    }
  }

  async #decrypt(arrival: Arrival, { bytes, hello }: Extract<Opening, { protocol: 'tls' }>): Promise<void> {
    const { socket, description, tunnel } = arrival;
    const to = this.#destination(arrival, hello);
    const rule = this.#context.options.interception?.book?.passes(hello?.sni ?? to.host, to.port);
    const pass: PassReason | undefined =
      rule === undefined
        ? this.#passthrough.decide({ ...to, ...(hello?.sni === undefined ? {} : { sni: hello.sni }) })
        : { kind: 'listed', detail: `The rule "${rule.name}" says not to decrypt it.` };
    if (pass !== undefined) {
      const head = { method: 'CONNECT', target: formatAuthority(to), httpVersion: 'TLS', headers: [] };
      return this.#passOn(arrival, tunnel ?? { authority: to, head }, bytes, pass);
    }
    const keylog = this.#context.options.upstream?.keylog;
    try {
      const { tls, facts } = await acceptTls(socket, bytes, {
        contexts: this.#contexts,
        hello,
        host: to.host,
        alpn: await this.#protocols(arrival, to, hello),
        ...(keylog === undefined ? {} : { keylog }),
      });
      this.#passthrough.accepted(to);
      this.#decrypted(tls, { ...description, tls: facts });
    } catch (error) {
      if (!(error instanceof ClientTlsError)) throw error;
      this.#rejected(arrival, to, hello, error);
    }
  }

  /** What the connection is for, as far as that is known before a request. */
  #destination({ description, socket }: Arrival, hello: ClientHello | undefined): Authority {
    if (description.tunnel) return description.tunnel;
    if (description.reverse) return description.reverse.authority;
    return { host: hello?.sni ?? socket.localAddress ?? '127.0.0.1', port: DEFAULT_PORT.https };
  }

  async #protocols(
    { description }: Arrival,
    to: Authority,
    hello: ClientHello | undefined,
  ): Promise<readonly string[]> {
    // A client that uses TLS with the proxy itself will send requests for any origin.
    if (hello === undefined || (!description.tunnel && !description.reverse)) return ['http/1.1'];
    const { scheme } = description.reverse ?? { scheme: 'https' as const };
    const serverName = description.reverse ? undefined : hello.sni;
    return this.#context.origins.protocolsFor(makeTarget(scheme, to, '/'), serverName, hello.alpn);
  }

  #decrypted(tls: TLSSocket, description: ClientDescription): void {
    this.#keep(tls);
    tls.allowHalfOpen = true;
    if (tls.alpnProtocol === 'h2') this.#http2(tls, NOTHING, description);
    else this.#http1(tls, NOTHING, description);
  }

  /** The client broke TLS off: a tunnel session says so. */
  #rejected(arrival: Arrival, to: Authority, hello: ClientHello | undefined, error: ClientTlsError): void {
    this.#passthrough.rejected({ ...to, ...(hello?.sni === undefined ? {} : { sni: hello.sni }) }, error);
    const recorder = this.#begin(to, arrival.tunnel?.head);
    recorder.facts(new Client(arrival.description).facts);
    recorder.requestEnd();
    recorder.end('failed', {}, describeRejection(error, hello?.sni ?? to.host));
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

  /** Connects to the server and passes everything on. With no `first` bytes, whoever speaks first is waited for. */
  async #passOn(arrival: Arrival, tunnel: TunnelRequest, first: Buffer, pass?: PassReason): Promise<void> {
    const { socket, description } = arrival;
    const { authority, head } = tunnel;
    const { facts: clientFacts } = new Client(description);
    const host = formatAuthority(authority);
    let upstream: Awaited<ReturnType<EngineContext['origins']['connectTunnel']>>;
    try {
      upstream = await this.#context.origins.connectTunnel(authority);
    } catch (error) {
      const recorder = this.#begin(authority, head);
      recorder.facts(clientFacts);
      recorder.requestEnd();
      recorder.end('failed', {}, classify(error, host));
      socket.destroy();
      return;
    }
    const { clientHead, clientKeepAlive, idle } = this.#context.timeouts;
    if (first.length === 0 && (await whoSpeaksFirst(socket, upstream.socket, clientKeepAlive)) === 'client') {
      upstream.socket.destroy();
      const opening = await readOpening(socket, { silenceMs: clientHead, wholeMs: clientHead });
      await this.#tunnelled(arrival, tunnel, opening);
      return;
    }
    const recorder = this.#begin(authority, head);
    recorder.facts({ ...clientFacts, ...upstream.facts });
    recorder.responseHead({
      httpVersion: 'HTTP/1.1',
      status: 200,
      reason: 'Connection Established',
      headers: [],
    });
    await rawTunnel(socket, upstream.socket, {
      recorder,
      record: pass === undefined ? 'bytes' : 'counts',
      idleMs: idle,
      host,
      fromClient: first,
      timings: upstream.timings,
    });
  }

  #recordRefusal(head: RequestHead, description: ClientDescription, why: SessionFailure): void {
    const recorder = this.#context.recording.begin(
      { kind: 'tunnel', source: 'proxy', url: `tunnel://${head.target}`, head },
      this.#context.options.capturing(),
    );
    recorder.facts(new Client(description).facts);
    recorder.requestEnd();
    recorder.end('failed', {}, why);
  }

  /** A tunnel that cannot be: records it, and says why for the answer. */
  refuseTunnel(head: RequestHead, description: ClientDescription, reason: string): SessionFailure {
    const why = failure('bad-request', '', reason);
    this.#recordRefusal(head, description, why);
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
    // Gone while the way to the server was made: there is no event any more to hear of it by.
    if (client.destroyed || server.destroyed) {
      fromServer();
      return;
    }
    client.on('readable', fromClient).on('close', fromServer);
    server.on('readable', fromServer).on('close', fromServer);
  });
}
