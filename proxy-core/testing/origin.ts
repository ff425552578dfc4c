/** A server for tests: listens on a free port of loopback, knows its address, and ends every connection when disposed of. */
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';

/** A certificate chain and its key, as PEM; what `Authority.leafFor` gives. */
export interface OriginCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface OriginOptions {
  /** Serve TLS with this. */
  readonly tls?: OriginCertificate;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
}

export interface Origin extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, or `https://localhost:PORT` with TLS; no slash at the end. */
  readonly url: string;
  /** Connections accepted so far. */
  readonly connections: () => number;
}

/** Makes `server` an origin. For TLS servers the connection's raw sockets are what is counted and ended. */
export async function listening(server: NetServer, options: OriginOptions = {}): Promise<Origin> {
  const open = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count += 1;
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, options.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: options.tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    connections: () => count,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** The HTTP server of an origin, with TLS when asked for; limits on heads are high, so that what is tested is the proxy's. */
export function originServer(listener: RequestListener, { tls }: OriginOptions): Server {
  const limits = { maxHeaderSize: 1024 * 1024, keepAliveTimeout: 60_000 };
  const server = tls
    ? createHttpsServer({ ...tls, ...limits }, listener)
    : createHttpServer(limits, listener);
  server.on('tlsClientError', () => {});
  server.on('clientError', (_error, socket) => socket.destroy());
  return server;
}

/** An origin that answers as `listener` says. */
export function httpOrigin(listener: RequestListener, options: OriginOptions = {}): Promise<Origin> {
  return listening(originServer(listener, options), options);
}
