/** Every client connection that is open: where it came from, what CONNECT and TLS said on it, and the means to end all of them. */
import type { Socket } from 'node:net';
import type { ExchangeFacts, TlsFacts } from '#model/session.ts';
import { connectionNumber, peerAddress } from '../facts.ts';
import type { Authority } from '../target.ts';

export interface ClientConnection {
  readonly number: number;
  readonly address: string | undefined;
  /** The CONNECT target, for what comes through a tunnel. */
  readonly tunnel?: Authority;
  readonly tls?: TlsFacts;
}

export class Clients {
  readonly #open = new Set<Socket>();
  readonly #known = new WeakMap<Socket, ClientConnection>();

  /** Takes note of a new connection. Its errors are contained here: whoever uses the socket learns of them by its closing. */
  add(socket: Socket): void {
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    socket.on('error', () => socket.destroy());
    this.#known.set(socket, { number: connectionNumber(socket), address: peerAddress(socket) });
  }

  /** What is known of the connection that `socket` belongs to. */
  of(socket: Socket): ClientConnection {
    return this.#known.get(socket) ?? { number: connectionNumber(socket), address: peerAddress(socket) };
  }

  /** Says that `socket` carries on the connection described. */
  describe(socket: Socket, connection: ClientConnection): void {
    this.#known.set(socket, connection);
  }

  facts(socket: Socket): ExchangeFacts {
    const { number, address, tls } = this.of(socket);
    return {
      ...(address ? { clientAddress: address } : {}),
      clientConnection: number,
      ...(tls ? { clientTls: tls } : {}),
    };
  }

  /** Ends every connection at once. */
  destroyAll(): void {
    for (const socket of this.#open) socket.destroy();
  }
}
