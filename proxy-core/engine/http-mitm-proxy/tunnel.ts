/**
 * CONNECT (RFC 9110 §9.3.6): answers 200, looks at the first byte, and hands the connection on inside this process: TLS is ended with
 * our certificate for the name, plain HTTP goes to the same request handling. No listening port is opened for either.
 */
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import {
  createSecureContext,
  createServer,
  type SecureContext,
  type TLSSocket,
  type Server as TlsServer,
} from 'node:tls';
import { pairsFromFlat } from '#model/headers.ts';
import { tlsFacts } from '../facts.ts';
import { failure } from '../failure.ts';
import { rawFailureMessage } from '../failure-page.ts';
import { now } from '../recorder.ts';
import { type Authority, formatAuthority, parseAuthority } from '../target.ts';
import type { EngineContext } from './context.ts';

/** Gives the certificate for a host, or throws for what is not a host name. */
export type CertificateFor = (host: string) => { readonly cert: string; readonly key: string };

const MAX_HOSTS = 1000;
const TLS_HANDSHAKE = 0x16;
/**
 * Some clients (Node's) judge the certificate only after the handshake and then just close; a browser's spare connection stays open for
 * longer than this.
 */
const JUDGED_WITHIN_MS = 500;

interface Pending {
  readonly request: IncomingMessage;
  readonly authority: Authority;
  readonly socket: Socket;
  readonly startedAt: number;
  reason: string;
}

const peerKey = (socket: Socket) => `${socket.remoteAddress}|${socket.remotePort}|${socket.localPort}`;

export class Tunnels {
  readonly #context: EngineContext;
  readonly #inner: HttpServer;
  readonly #certificateFor: CertificateFor;
  readonly #servers = new Map<string, TlsServer>();
  readonly #pending = new Map<string, Pending>();
  /** Decrypted connections on which the client has said something. */
  readonly #spoken = new WeakSet<object>();

  /** `inner` takes decrypted connections; it need not listen. */
  constructor(context: EngineContext, inner: HttpServer, certificateFor: CertificateFor) {
    this.#context = context;
    this.#inner = inner;
    this.#certificateFor = certificateFor;
    const spoke = ({ socket }: IncomingMessage) => void this.#spoken.add(socket);
    inner
      .on('request', spoke)
      .on('upgrade', spoke)
      .on('clientError', (_error, socket) => this.#spoken.add(socket));
  }

  /** Takes over the connection of a CONNECT request. */
  accept(request: IncomingMessage, socket: Socket, first: Buffer): void {
    const target = request.url ?? '';
    const authority = parseAuthority(target, 443);
    try {
      if (!authority) throw new Error('not host:port');
      this.#certificateFor(authority.host);
    } catch {
      this.#refuse(request, socket, 'the CONNECT target is not host:port');
      return;
    }
    this.#context.clients.describe(socket, { ...this.#context.clients.of(socket), tunnel: authority });
    socket.setTimeout(this.#context.timeouts.clientKeepAlive, () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (first.length > 0) {
      this.#sniffed(request, authority, socket, first);
      return;
    }
    socket.once('data', (bytes: Buffer) => {
      socket.pause();
      this.#sniffed(request, authority, socket, bytes);
    });
  }

  #sniffed(request: IncomingMessage, authority: Authority, socket: Socket, first: Buffer): void {
    socket.setTimeout(0);
    socket.unshift(first);
    if (first[0] === TLS_HANDSHAKE)
      this.#endTls({ request, authority, socket, startedAt: now(), reason: '' });
    else {
      this.#inner.emit('connection', socket);
      // It was paused for the look at its first byte, and listening alone does not end that.
      socket.resume();
    }
  }

  #endTls(pending: Pending): void {
    const { socket } = pending;
    const key = peerKey(socket);
    this.#pending.set(key, pending);
    socket.once('close', () => {
      if (this.#pending.delete(key)) this.#refused(pending);
    });
    // Half of a handshake is of no use: a client that leaves in it must end it. Afterwards a half-closed connection may still be answered.
    socket.allowHalfOpen = false;
    this.#serverFor(pending.authority.host).emit('connection', socket);
  }

  /** A TLS server whose certificate without SNI is that of `host`; with SNI, that of the name asked for. Never listens. */
  #serverFor(host: string): TlsServer {
    const known = this.#servers.get(host);
    if (known) return known;
    const server = createServer({
      ...this.#certificateFor(host),
      ALPNProtocols: ['http/1.1'],
      SNICallback: (name, done) => {
        try {
          done(null, this.#contextFor(name));
        } catch (error) {
          done(error instanceof Error ? error : new Error(String(error)));
        }
      },
    });
    server.on('secureConnection', (tls) => this.#decrypted(tls));
    server.on('tlsClientError', (error, tls) => {
      const pending = this.#pending.get(peerKey(tls));
      if (pending) pending.reason = 'code' in error ? String(error.code) : error.message;
      tls.destroy();
    });
    const oldest = this.#servers.keys().next();
    if (this.#servers.size >= MAX_HOSTS && !oldest.done) this.#servers.delete(oldest.value);
    this.#servers.set(host, server);
    return server;
  }

  readonly #contexts = new Map<string, SecureContext>();

  #contextFor(name: string): SecureContext {
    const known = this.#contexts.get(name);
    if (known) return known;
    const made = createSecureContext(this.#certificateFor(name));
    const oldest = this.#contexts.keys().next();
    if (this.#contexts.size >= MAX_HOSTS && !oldest.done) this.#contexts.delete(oldest.value);
    this.#contexts.set(name, made);
    return made;
  }

  #decrypted(tls: TLSSocket): void {
    const key = peerKey(tls);
    const pending = this.#pending.get(key);
    if (!pending) {
      tls.destroy();
      return;
    }
    this.#pending.delete(key);
    tls.allowHalfOpen = true;
    const decryptedAt = now();
    tls.once('close', () => {
      if (this.#spoken.has(tls) || now() - decryptedAt > JUDGED_WITHIN_MS) return;
      this.#refused({ ...pending, reason: 'closed right after the handshake' });
    });
    const outer = this.#context.clients.of(pending.socket);
    this.#context.clients.add(tls);
    this.#context.clients.describe(tls, { ...outer, tls: tlsFacts(tls, 'client') ?? {} });
    this.#inner.emit('connection', tls);
  }

  /** The client broke off the handshake: a tunnel session says so. */
  #refused({ request, authority, socket, reason }: Pending): void {
    this.#record(request, socket, formatAuthority(authority), 'client-tls', reason);
  }

  #refuse(request: IncomingMessage, socket: Socket, reason: string): void {
    const url = `tunnel://${request.url ?? ''}`;
    socket.end(rawFailureMessage(failure('bad-request', '', reason), url));
    this.#record(request, socket, request.url ?? '', 'bad-request', reason);
  }

  #record(
    request: IncomingMessage,
    socket: Socket,
    authority: string,
    code: 'client-tls' | 'bad-request',
    reason: string,
  ): void {
    const recorder = this.#context.recording.begin(
      {
        kind: 'tunnel',
        source: 'proxy',
        url: `tunnel://${authority}`,
        head: {
          method: 'CONNECT',
          target: request.url ?? '',
          httpVersion: `HTTP/${request.httpVersion}`,
          headers: pairsFromFlat(request.rawHeaders),
        },
      },
      this.#context.options.capturing(),
    );
    recorder.requestEnd();
    recorder.facts(this.#context.clients.facts(socket));
    recorder.end('failed', {}, failure(code, authority, reason));
  }
}
