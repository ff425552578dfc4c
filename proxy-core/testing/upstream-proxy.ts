/** HTTP proxies for tests: they forward absolute-form and CONNECT to the port asked for, on loopback whatever the name, and keep what was asked. */
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { listening, type Origin, type OriginOptions } from './origin.ts';

export interface HttpProxyOptions extends OriginOptions {
  /** Refuse with 407 what does not carry these, as `user:password`. */
  readonly credentials?: string;
  /** Answer each CONNECT with these octets (latin1) and connect nowhere. */
  readonly answer?: string;
}

export interface TestProxy extends Origin {
  /** `METHOD target` of an HTTP proxy, `kind host:port` of a SOCKS proxy, in order. */
  readonly asked: readonly string[];
}

/** Joins two sockets until one of them ends. */
export function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy()).on('close', () => to.destroy());
    from.pipe(to);
  }
}

function allows(incoming: IncomingMessage, credentials: string | undefined): boolean {
  const wanted = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  return wanted === undefined || incoming.headers['proxy-authorization'] === wanted;
}

function forwarding(options: HttpProxyOptions, asked: string[]): Server {
  const server = options.tls ? createSecureServer({ ...options.tls }) : createServer();
  server.on('request', (incoming: IncomingMessage, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    if (!allows(incoming, options.credentials)) return response.writeHead(407).end();
    const { port, pathname } = new URL(incoming.url ?? '');
    const { method, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port, path: pathname, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    return incoming.pipe(onward);
  });
  server.on('connect', (incoming: IncomingMessage, client: Socket, first: Buffer) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    client.on('error', () => {});
    if (!allows(incoming, options.credentials)) return client.end('HTTP/1.1 407 Who are you?\r\n\r\n');
    if (options.answer !== undefined) return client.write(options.answer, 'latin1');
    const onward = connect(Number(/\d+$/.exec(incoming.url ?? '')?.[0]), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connected\r\nContent-Length: 7\r\n\r\n');
      onward.write(first);
      join(client, onward);
    });
    return onward.on('error', () => client.end('HTTP/1.1 502 No way\r\n\r\n'));
  });
  server.on('tlsClientError', () => {});
  return server;
}

export async function httpProxy(options: HttpProxyOptions = {}): Promise<TestProxy> {
  const asked: string[] = [];
  return { ...(await listening(forwarding(options, asked), options)), asked };
}
