import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, createServer, type SecureVersion, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAuthority } from '#certs/open-authority.ts';
import { CloseNotifyWatch, runsOver } from './close-notify.ts';

let identity: { cert: string; key: string };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-close-notify-'));
  identity = (await openAuthority({ directory: folder })).leafFor('localhost');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Resolves once the client has read that many octets and the turn in which it did is over. */
type Received = (octets: number) => Promise<void>;

interface Case {
  readonly version: SecureVersion;
  readonly ciphers?: string;
  /** What the server does once it was asked. */
  readonly serve: (tls: TLSSocket, tcp: Socket, received: Received) => void | Promise<void>;
  /** The client pauses after each piece. */
  readonly paused?: boolean;
}

/** What the watch makes of a connection's end. */
async function verdict({ version, ciphers, serve, paused = false }: Case): Promise<string> {
  const tlsServer = createServer({
    ...identity,
    minVersion: version,
    maxVersion: version,
    ...(ciphers ? { ciphers } : {}),
  });
  let octets = 0;
  const received: Received = async (wanted) => {
    while (octets < wanted) await new Promise((resolve) => setTimeout(resolve, 5));
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const carriers = new Map<number | undefined, Socket>();
  const server = createTcpServer((tcp) => {
    carriers.set(tcp.remotePort, tcp);
    tlsServer.emit('connection', tcp);
  });
  tlsServer.on('secureConnection', (tls: TLSSocket) => {
    tls.on('error', () => {});
    tls.once('data', () => {
      const tcp = carriers.get(tls.remotePort);
      if (tcp) void serve(tls, tcp, received);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const tcp = connect(port, '127.0.0.1');
  await once(tcp, 'connect');
  const tls = connectTls({ socket: tcp, rejectUnauthorized: false });
  runsOver(tls, tcp);
  tls.on('error', () => {});
  await once(tls, 'secureConnect');
  let watch: CloseNotifyWatch | undefined;
  tls.on('data', (chunk: Buffer) => {
    octets += chunk.length;
    watch ??= CloseNotifyWatch.of(tls);
    if (paused) {
      tls.pause();
      setTimeout(() => tls.resume(), 5);
    }
  });
  tls.write('hello');
  await once(tls, 'end');
  const said = watch === undefined ? 'unwatched' : watch.cut ? 'cut' : 'closed';
  tls.destroy();
  tcp.destroy();
  for (const open of carriers.values()) open.destroy();
  await new Promise((resolve) => server.close(resolve));
  return said;
}

const PIECE = Buffer.alloc(40_000, 'x');
const write = (tls: TLSSocket, data: Buffer | string) =>
  new Promise<void>((resolve) => void tls.write(data, () => resolve()));

const SUITES: readonly (readonly [string, SecureVersion, string])[] = [
  ['TLS 1.3', 'TLSv1.3', 'TLS_AES_128_GCM_SHA256'],
  ['TLS 1.3 with ChaCha20', 'TLSv1.3', 'TLS_CHACHA20_POLY1305_SHA256'],
  ['TLS 1.2 with GCM', 'TLSv1.2', 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256'],
  [
    'TLS 1.2 with a block cipher',
    'TLSv1.2',
    'ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA256:AES128-SHA256',
  ],
  ['TLS 1.2 with ChaCha20', 'TLSv1.2', 'ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305'],
];

describe.each(SUITES)('%s', (_name, version, ciphers) => {
  const suite = { version, ciphers };

  it('tells a close_notify that comes after the data', async () => {
    const serve = async (tls: TLSSocket, _tcp: Socket, received: Received) => {
      await write(tls, PIECE);
      await received(PIECE.length);
      tls.end();
    };
    expect(await verdict({ ...suite, serve })).toBe('closed');
  });

  it('tells a close_notify that comes with the last data', async () => {
    const serve = async (tls: TLSSocket, _tcp: Socket, received: Received) => {
      await write(tls, 'head');
      await received('head'.length);
      tls.end(PIECE);
    };
    expect(await verdict({ ...suite, serve })).toBe('closed');
  });

  it('tells a TCP end without one, after whole records', async () => {
    const serve = async (tls: TLSSocket, tcp: Socket, received: Received) => {
      await write(tls, PIECE);
      await received(PIECE.length);
      tcp.end();
    };
    expect(await verdict({ ...suite, serve })).toBe('cut');
  });

  it('tells the same within a record', async () => {
    const serve = async (tls: TLSSocket, tcp: Socket, received: Received) => {
      await write(tls, PIECE);
      await received(PIECE.length);
      // The beginning of a record: application data, 100 octets long.
      tcp.end(Buffer.from([23, 3, 3, 0, 100, 1, 2, 3]));
    };
    expect(await verdict({ ...suite, serve })).toBe('cut');
  });

  it('tells a cut that comes while the client pauses', async () => {
    const serve = async (tls: TLSSocket, tcp: Socket, received: Received) => {
      await write(tls, PIECE);
      await received(1);
      tcp.end();
    };
    expect(await verdict({ ...suite, serve, paused: true })).toBe('cut');
  });

  it.each([true, false])(
    'tells a close_notify in the same flight as everything else, tickets too (paused: %s)',
    async (paused) => {
      for (const size of [1, 1000, 65_536 - 29, 65_536 - 22, 200_000]) {
        const serve = (tls: TLSSocket) => void tls.end(Buffer.alloc(size, 'x'));
        expect(await verdict({ ...suite, serve, paused })).toBe('closed');
      }
    },
  );
});
