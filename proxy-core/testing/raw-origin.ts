/** An origin below HTTP: keeps every byte it received, and answers each request head with bytes that the test wrote. */
import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { listening, type Origin, type OriginOptions } from './origin.ts';

export interface RawOriginOptions extends OriginOptions {
  /** Called when a request's head has ended (an empty line); its body, if any, may still come. */
  readonly onRequest: (socket: Socket, received: Buffer) => void;
}

export interface RawOrigin extends Origin {
  /** All bytes of one connection, in the order the connections were made. */
  readonly received: (connection?: number) => Buffer;
}

/** Starts it. `reply(text)` makes an `onRequest` that always says the same. */
export async function rawOrigin(options: RawOriginOptions): Promise<RawOrigin> {
  const received: Buffer[] = [];
  const serve = (socket: Socket) => {
    const index = received.push(Buffer.alloc(0)) - 1;
    let unread = '';
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      received[index] = Buffer.concat([received[index] ?? Buffer.alloc(0), chunk]);
      unread += chunk.toString('latin1');
      const end = unread.indexOf('\r\n\r\n');
      if (end < 0) return;
      unread = unread.slice(end + 4);
      options.onRequest(socket, received[index] ?? Buffer.alloc(0));
    });
  };
  const server = options.tls ? createTlsServer({ ...options.tls }, serve) : createTcpServer(serve);
  server.on('tlsClientError', () => {});
  const origin = await listening(server, options);
  return { ...origin, received: (connection = 0) => received[connection] ?? Buffer.alloc(0) };
}

/** Writes `text` (latin1) in answer; `close` ends the connection after it. */
export const reply =
  (text: string, close = false) =>
  (socket: Socket): void => {
    socket.write(Buffer.from(text, 'latin1'));
    if (close) socket.end();
  };
