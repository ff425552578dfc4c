/** A SOCKS5 proxy for tests: connects to the port asked for, on loopback whatever the name, and keeps what was asked. */
import { connect, createServer, type Socket } from 'node:net';
import { listening } from './origin.ts';
import { join, type TestProxy } from './upstream-proxy.ts';

export interface SocksProxyOptions {
  /** `user:password`; asks for them when set. */
  readonly credentials?: string;
  /** Answer requests with this reply code (RFC 1928 §6) and connect nowhere. */
  readonly reply?: number;
}

/** Reads exactly so many octets at a time off a socket. */
function reader(socket: Socket): (size: number) => Promise<Buffer> {
  return async (size) => {
    for (;;) {
      const bytes: Buffer | null = size === 0 ? Buffer.alloc(0) : socket.read(size);
      if (bytes !== null) return bytes;
      if (socket.readableEnded || socket.destroyed) throw new Error('the client has gone');
      await new Promise<void>((resolve) => {
        const woken = () => {
          socket.off('readable', woken).off('close', woken);
          resolve();
        };
        socket.on('readable', woken).on('close', woken);
      });
    }
  };
}

async function hostFrom(read: (size: number) => Promise<Buffer>, kind: number): Promise<string> {
  if (kind === 1) return (await read(4)).join('.');
  if (kind === 4) return ((await read(16)).toString('hex').match(/.{4}/g) ?? []).join(':');
  return (await read((await read(1))[0] ?? 0)).toString('latin1');
}

async function serve(
  client: Socket,
  { credentials, reply = 0 }: SocksProxyOptions,
  asked: string[],
): Promise<void> {
  const read = reader(client);
  const [, count = 0] = await read(2);
  const method = credentials === undefined ? 0 : 2;
  if (!(await read(count)).includes(method)) return void client.end(Buffer.of(5, 0xff));
  client.write(Buffer.of(5, method));
  if (method === 2) {
    const field = async () => (await read((await read(1))[0] ?? 0)).toString();
    await read(1);
    const right = `${await field()}:${await field()}` === credentials;
    client.write(Buffer.of(1, right ? 0 : 1));
    if (!right) return void client.end();
  }
  const [, , , kind = 0] = await read(4);
  const host = await hostFrom(read, kind);
  const port = (await read(2)).readUInt16BE();
  asked.push(`${{ 1: 'ipv4', 3: 'name', 4: 'ipv6' }[kind]} ${host}:${port}`);
  const answer = (code: number) => client.write(Buffer.of(5, code, 0, 1, 0, 0, 0, 0, 0, 0));
  if (reply !== 0) return void answer(reply);
  const onward = connect(port, '127.0.0.1', () => {
    answer(0);
    join(client, onward);
  });
  onward.on('error', () => answer(5));
  return undefined;
}

export async function socksProxy(options: SocksProxyOptions = {}): Promise<TestProxy> {
  const asked: string[] = [];
  const server = createServer((client) => {
    client.on('error', () => {});
    serve(client, options, asked).catch(() => client.destroy());
  });
  return { ...(await listening(server)), asked };
}
