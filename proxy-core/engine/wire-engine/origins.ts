/** Finds or makes the connection that a request goes out on. TEMPORARY until upstream/ is there. */
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { connectionNumber, peerAddress, tlsFacts } from '../facts.ts';
import { classify, OwnAddressError } from '../failure.ts';
import { isOwnPeer } from '../own-address.ts';
import { type Authority, formatAuthority } from '../target.ts';
import { upstreamContext } from '../upstream-trust.ts';
import type { EngineContext } from './context.ts';
import { OriginHttp1 } from './origin-http1.ts';
import type { OriginHandler, OriginRequest } from './streams.ts';

export class Origins {
  readonly #context: () => EngineContext;
  readonly #idle = new Map<string, OriginHttp1[]>();
  readonly #open = new Set<OriginHttp1>();
  readonly #secure;
  constructor(context: () => EngineContext, ownRoot: string, upstreamCa: readonly string[]) {
    this.#context = context;
    this.#secure = upstreamContext(ownRoot, upstreamCa);
  }

  open(outgoing: OriginRequest, handler: OriginHandler): (() => void) | undefined {
    const context = this.#context();
    const { target } = outgoing;
    const serverName = outgoing.serverName ?? target.host;
    const key = `${target.scheme}://${target.host}:${target.port} ${serverName}`;
    const idle = this.#idle.get(key);
    for (let known = idle?.pop(); known; known = idle?.pop()) {
      if (!known.free) continue;
      known.open(outgoing, handler);
      return undefined;
    }
    let done = false;
    const started = performance.now();
    const where = formatAuthority(target);
    void this.#connect(target, serverName)
      .then((socket) => {
        if (done) return socket.destroy();
        const tls = tlsFacts(socket, 'server');
        const address = peerAddress(socket);
        const connection: OriginHttp1 = new OriginHttp1(context, {
          socket,
          where,
          facts: {
            ...(address ? { serverAddress: address } : {}),
            serverConnection: connectionNumber(socket),
            ...(tls ? { serverTls: tls } : {}),
          },
          timings: { connect: performance.now() - started },
          released: () => {
            const list = this.#idle.get(key);
            if (list) list.push(connection);
            else this.#idle.set(key, [connection]);
          },
          closed: () => this.#open.delete(connection),
        });
        this.#open.add(connection);
        connection.open(outgoing, handler);
        return undefined;
      })
      .catch((error: unknown) => {
        if (!done) handler.failed(classify(error, where), false);
      });
    return () => {
      done = true;
    };
  }

  async #connect(
    target: { host: string; port: number; scheme: string },
    serverName: string,
  ): Promise<Socket> {
    const { lookup } = this.#context().options;
    const socket = connect({ host: target.host, port: target.port, ...(lookup ? { lookup } : {}) });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject);
    });
    if (isOwnPeer(socket, [this.#context().port, ...this.#context().options.ownPorts()])) {
      socket.destroy();
      throw new OwnAddressError();
    }
    if (target.scheme !== 'https') return socket;
    const tls = connectTls({
      socket,
      secureContext: this.#secure,
      host: target.host,
      servername: isIP(serverName) === 0 ? serverName : '',
    });
    await new Promise<void>((resolve, reject) => {
      tls.once('secureConnect', resolve).once('error', reject);
    });
    return tls;
  }

  async connectTunnel(authority: Authority) {
    const socket = await this.#connect({ ...authority, scheme: 'http' }, authority.host);
    socket.allowHalfOpen = true;
    const address = peerAddress(socket);
    return {
      socket,
      facts: { ...(address ? { serverAddress: address } : {}), serverConnection: connectionNumber(socket) },
      timings: {},
    };
  }

  close(): void {
    for (const connection of this.#open) connection.options.socket.destroy();
  }
}
