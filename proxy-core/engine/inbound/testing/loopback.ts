/** Connected sockets on loopback, and what comes on them. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { listening, type Origin } from '../../../testing/origin.ts';

/** A listener on a free port of loopback that keeps half-open connections, as the engine's do, and ends all when disposed of. */
export async function listener(
  accept: (socket: Socket) => void,
): Promise<Origin & { readonly server: Server }> {
  const server = createServer({ allowHalfOpen: true }, accept);
  return { ...(await listening(server)), server };
}

/** Both ends of one connection: `outer` is what the peer holds, `inner` what a proxy holds. */
export interface SocketPair extends AsyncDisposable {
  readonly outer: Socket;
  readonly inner: Socket;
}

export async function socketPair(): Promise<SocketPair> {
  const accepted = Promise.withResolvers<Socket>();
  const { port, server } = await listener(accepted.resolve);
  const outer = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  outer.on('error', () => {});
  await once(outer, 'connect');
  const inner = await accepted.promise;
  server.close();
  return {
    outer,
    inner,
    [Symbol.asyncDispose]: async () => {
      const closed = [outer, inner].map((socket) => (socket.closed ? undefined : once(socket, 'close')));
      outer.destroy();
      inner.destroy();
      await Promise.all(closed);
    },
  };
}

/** Everything that comes on a socket. */
export interface Inbox {
  /** As latin1. */
  text(): string;
  readonly size: () => number;
  /** Resolves once that many octets have come, or the connection is gone. */
  until(size: number): Promise<void>;
  /** How receiving ended: an orderly end, a reset, or closed without either. */
  readonly ended: Promise<'fin' | 'reset' | 'closed'>;
}

export function inbox(socket: Socket): Inbox {
  const chunks: Buffer[] = [];
  let size = 0;
  const watchers = new Set<() => void>();
  const ended = new Promise<'fin' | 'reset' | 'closed'>((resolve) => {
    socket.once('end', () => resolve('fin'));
    socket.once('error', () => resolve('reset'));
    socket.once('close', () => resolve('closed'));
  });
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    for (const watcher of watchers) watcher();
  });
  return {
    text: () => Buffer.concat(chunks).toString('latin1'),
    size: () => size,
    until: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (size < wanted && !socket.closed) return;
          watchers.delete(look);
          socket.off('close', look);
          resolve();
        };
        watchers.add(look);
        socket.once('close', look);
        look();
      }),
    ended,
  };
}
