/**
 * Connections to origins by Node's HTTP client: kept alive, always verified, never to Sluice itself. Knows nothing of clients and
 * sessions; tells what happens through callbacks, exactly one of which is the last: `failed`, or the end of the response.
 */
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContext } from 'node:tls';
import { type Headers, pairsFromFlat } from '#model/headers.ts';
import type { ResponseHead, SessionFailure } from '#model/session.ts';
import type { EngineTimeouts } from '../engine.ts';
import { classify, failure, OwnAddressError, TimeLimitError } from '../failure.ts';
import { flatten } from '../fields.ts';
import { isOwnPeer } from '../own-address.ts';
import { formatAuthority, type Target } from '../target.ts';
import { UpstreamClock } from './upstream-clock.ts';

export interface UpstreamOptions {
  readonly secureContext: SecureContext;
  readonly ownPorts: () => readonly number[];
  readonly timeouts: EngineTimeouts;
  readonly lookup?: LookupFunction | undefined;
}

export interface UpstreamRequest {
  readonly target: Target;
  readonly method: string;
  readonly headers: Headers;
  /** The name the client asked for in its own TLS handshake; the target's host when absent. */
  readonly serverName?: string | undefined;
}

export interface UpstreamCallbacks {
  informational(head: ResponseHead): void;
  response(response: IncomingMessage): void;
  /** The origin agreed to switch protocols. Absent: that is a bad response. */
  upgraded?(response: IncomingMessage, socket: Socket, first: Buffer): void;
  /** No response will come. `reused`: it failed on a connection that had served before, so trying once more is fair. */
  failed(reason: SessionFailure, reused: boolean): void;
}

export interface UpstreamExchange {
  readonly request: ClientRequest;
  readonly clock: UpstreamClock;
}

/** Room for a response's head; over it is a bad response. */
const MAX_HEAD_BYTES = 256 * 1024;
const MAX_FREE_SOCKETS = 32;

/** A response's status line and fields as they came. */
export function responseHead(message: {
  httpVersion: string;
  statusCode?: number | undefined;
  statusMessage?: string | undefined;
  rawHeaders: string[];
}): ResponseHead {
  return {
    httpVersion: `HTTP/${message.httpVersion}`,
    status: message.statusCode ?? 0,
    reason: message.statusMessage ?? '',
    headers: pairsFromFlat(message.rawHeaders),
  };
}

/** Cuts a connection whose peer is Sluice itself before a byte of the request is written to it. */
function guard(socket: Duplex | null | undefined, ownPorts: () => readonly number[]): void {
  const peer = socket as Socket | null | undefined;
  peer?.once('connect', () => {
    if (isOwnPeer(peer, ownPorts())) peer.destroy(new OwnAddressError());
  });
}

class GuardedAgent extends http.Agent {
  readonly #ownPorts: () => readonly number[];

  constructor(ownPorts: () => readonly number[]) {
    super({ keepAlive: true, maxFreeSockets: MAX_FREE_SOCKETS });
    this.#ownPorts = ownPorts;
  }

  override createConnection(...args: Parameters<http.Agent['createConnection']>) {
    const socket = super.createConnection(...args);
    guard(socket, this.#ownPorts);
    return socket;
  }
}

class GuardedTlsAgent extends https.Agent {
  readonly #ownPorts: () => readonly number[];

  constructor(ownPorts: () => readonly number[], secureContext: SecureContext) {
    // Every handshake is a full one: a resumed one would not show the chain.
    super({
      keepAlive: true,
      maxFreeSockets: MAX_FREE_SOCKETS,
      maxCachedSessions: 0,
      secureContext,
      rejectUnauthorized: true,
    });
    this.#ownPorts = ownPorts;
  }

  override createConnection(...args: Parameters<https.Agent['createConnection']>) {
    const socket = super.createConnection(...args);
    guard(socket, this.#ownPorts);
    return socket;
  }
}

export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #plain: GuardedAgent;
  readonly #secure: GuardedTlsAgent;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#plain = new GuardedAgent(options.ownPorts);
    this.#secure = new GuardedTlsAgent(options.ownPorts, options.secureContext);
  }

  /** Starts a request. The caller writes the body and ends `request`; it must not listen to `request`'s errors, `failed` tells. */
  open(outgoing: UpstreamRequest, callbacks: UpstreamCallbacks): UpstreamExchange {
    const request = this.#start(outgoing);
    const clock = new UpstreamClock(request);
    const where = formatAuthority(outgoing.target);
    this.#limit(request);
    let answered = false;

    request.on('information', (info) => callbacks.informational(responseHead(info)));
    request.on('response', (response) => {
      answered = true;
      clock.responseBegan();
      callbacks.response(response);
    });
    request.on('upgrade', (response, socket, first) => {
      answered = true;
      clock.responseBegan();
      if (callbacks.upgraded) return callbacks.upgraded(response, socket as Socket, first);
      socket.destroy();
      return callbacks.failed(
        failure('bad-response', where, 'it switched protocols without being asked'),
        false,
      );
    });
    request.on('error', (error) => {
      clock.failed();
      if (answered) return; // The response's own error event tells.
      answered = true;
      callbacks.failed(classify(error, where), request.reusedSocket);
    });
    return { request, clock };
  }

  #start({ target, method, headers, serverName }: UpstreamRequest): ClientRequest {
    const { lookup } = this.#options;
    const options = {
      host: target.host,
      port: target.port,
      method,
      path: target.path,
      headers: flatten(headers),
      setHost: false,
      maxHeaderSize: MAX_HEAD_BYTES,
      ...(lookup ? { lookup } : {}),
    };
    if (target.scheme === 'http') return http.request({ ...options, agent: this.#plain });
    const name = serverName ?? target.host;
    return https.request({
      ...options,
      agent: this.#secure,
      servername: isIP(name) === 0 ? name : '',
    });
  }

  #limit(request: ClientRequest): void {
    const { connect, idle } = this.#options.timeouts;
    request.maxHeadersCount = 0;
    const timer = setTimeout(() => request.destroy(new TimeLimitError('connect')), connect);
    const connected = () => clearTimeout(timer);
    request.on('socket', (socket) => {
      if (socket.connecting) socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected);
      else connected();
    });
    request.once('close', connected);
    request.setTimeout(idle, () => request.destroy(new TimeLimitError('answer')));
  }

  /** Ends every connection. */
  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }
}
