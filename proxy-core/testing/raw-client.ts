/** A client below HTTP: writes bytes as given, keeps what comes back, waits for what it is told to wait for. */
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

const PATIENCE_MS = 10_000;

export interface RawClient extends AsyncDisposable {
  readonly socket: Socket;
  /** Latin1 text or bytes. */
  write(data: string | Uint8Array): void;
  /** Everything received since the connection (or its tunnel) was ready, as latin1. */
  text(): string;
  /** Waits until what was received matches; rejects with what there is when the connection ends or patience does. */
  until(pattern: RegExp): Promise<string>;
  /** Resolves when the connection is gone; `clean` is false after a reset. */
  readonly closed: Promise<{ readonly clean: boolean }>;
}

export interface Through {
  /** CONNECT target. */
  readonly authority: string;
  /** PEM of the authority to trust inside; absent: plain text goes through the tunnel. */
  readonly ca?: string;
  /** SNI; absent: none is sent. */
  readonly serverName?: string;
}

function clientOn(socket: Socket): RawClient {
  let received = '';
  let clean = true;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
  });
  socket.on('error', () => {
    clean = false;
  });
  const closed = new Promise<{ clean: boolean }>((resolve) => {
    socket.once('close', () => resolve({ clean }));
  });
  return {
    socket,
    closed,
    write: (data) => void socket.write(typeof data === 'string' ? Buffer.from(data, 'latin1') : data),
    text: () => received,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const done = (error?: Error) => {
          clearTimeout(timer);
          socket.off('data', look).off('close', gone);
          if (error) reject(error);
          else resolve(received);
        };
        const look = () => {
          if (pattern.test(received)) done();
        };
        const gone = () => done(new Error(`closed before ${pattern}; received: ${JSON.stringify(received)}`));
        const timer = setTimeout(
          () => done(new Error(`no ${pattern} in time; received: ${JSON.stringify(received)}`)),
          PATIENCE_MS,
        );
        socket.on('data', look).on('close', gone);
        if (pattern.test(received)) done();
        else if (socket.destroyed) gone();
      }),
    [Symbol.asyncDispose]: async () => {
      socket.destroy();
      await closed;
    },
  };
}

async function tcp(port: number, host: string): Promise<Socket> {
  const socket = connect({ port, host });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
  return socket;
}

/** Connects to a port of loopback. */
export async function rawClient(port: number, host = '127.0.0.1'): Promise<RawClient> {
  return clientOn(await tcp(port, host));
}

/** A socket through a proxy's CONNECT, with TLS inside when `ca` is given. Rejects when the proxy or the handshake refuses. */
export async function tunnelSocket(
  proxyPort: number,
  { authority, ca, serverName }: Through,
): Promise<Socket> {
  const socket = await tcp(proxyPort, '127.0.0.1');
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  const answer = await new Promise<string>((resolve, reject) => {
    socket.once('data', (chunk: Buffer) => resolve(chunk.toString('latin1')));
    socket.once('close', () => reject(new Error('closed before an answer to CONNECT')));
  });
  if (!/^HTTP\/1\.[01] 200 /.test(answer)) {
    socket.destroy();
    throw new Error(`CONNECT refused: ${answer}`);
  }
  if (ca === undefined) return socket;
  const host = authority.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  const secure = connectTls({ socket, ca, host, servername: serverName ?? '', ALPNProtocols: ['http/1.1'] });
  await new Promise<void>((resolve, reject) => {
    secure.once('secureConnect', resolve).once('error', reject);
    secure.once('close', () => reject(new Error('closed during the handshake')));
  });
  return secure;
}

/** A raw client through a proxy's CONNECT. */
export async function rawTunnelClient(proxyPort: number, through: Through): Promise<RawClient> {
  return clientOn(await tunnelSocket(proxyPort, through));
}
