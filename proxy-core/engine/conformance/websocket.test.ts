/** WebSocket below the API: frames written by hand pass through the engine octet by octet, and the session shows what they meant. */
import { randomBytes } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { listening } from '../../testing/origin.ts';
import { type RawClient, rawClient } from '../../testing/raw-client.ts';
import { closePayload, frame } from '../../testing/websocket-frames.ts';
import type { TestEngine } from '../contract-tests/bench-engine.ts';
import type { EngineOptions } from '../engine.ts';
import { wireBench } from './harness.ts';

const bench = wireBench();
const KEY = 0x01020304;
const masked = (fields: Parameters<typeof frame>[0]) => frame({ ...fields, key: KEY });
const ASKED =
  'uPgrade: WebSocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n';
const AGREED =
  'HTTP/1.1 101 Switching  Protocols\r\nupgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n';

interface Chat extends AsyncDisposable {
  readonly proxy: TestEngine;
  readonly client: RawClient;
  /** The origin's end, after the handshake. */
  readonly origin: Socket;
  /** What it has got: head and frames. */
  readonly asked: () => string;
  readonly got: () => Buffer;
  /** Resolves when it got as many octets, or as the connection ended. */
  readonly gets: (octets: number) => Promise<Buffer>;
}

interface ChatOptions {
  /** Fields of the request and of the answer beside the usual, each with its CRLF. */
  readonly fields?: string;
  readonly agreed?: string;
  /** Goes out in one piece with the 101. */
  readonly early?: string;
  /** The origin does not end its half because the other has ended. */
  readonly allowHalfOpen?: boolean;
  readonly engine?: Partial<EngineOptions>;
}

async function chat(options: ChatOptions = {}): Promise<Chat> {
  const { fields = '', agreed = '', early = '', allowHalfOpen = false, engine } = options;
  const proxy = await bench().start(engine);
  let head = '';
  const chunks: Buffer[] = [];
  let made: (socket: Socket) => void = () => {};
  const opened = new Promise<Socket>((resolve) => {
    made = resolve;
  });
  const server = createServer({ allowHalfOpen }, (socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      if (head.endsWith('\r\n\r\n')) return void chunks.push(chunk);
      head += chunk.toString('latin1');
      if (!head.endsWith('\r\n\r\n')) return undefined;
      socket.write(`${AGREED}${agreed}\r\n${early}`, 'latin1');
      return made(socket);
    });
  });
  const listener = await listening(server, {});
  const client = await rawClient(proxy.port);
  const { host } = new URL(listener.url);
  client.write(`GET ${listener.url}/chat HTTP/1.1\r\nHost: ${host}\r\n${ASKED}${fields}\r\n`);
  await client.until(/\r\n\r\n/);
  const origin = await opened;
  const got = () => Buffer.concat(chunks);
  return {
    proxy,
    client,
    origin,
    asked: () => head,
    got,
    gets: async (octets) => {
      while (got().length < octets && !origin.destroyed)
        await new Promise((resolve) => setTimeout(resolve, 5));
      return got();
    },
    [Symbol.asyncDispose]: async () => {
      await client[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
      origin.destroy();
      await listener[Symbol.asyncDispose]();
    },
  };
}

const recorded = async ({ proxy }: Chat) => {
  const [session] = await proxy.sink.ended(1);
  if (session === undefined) throw new Error('no session');
  return session;
};

describe('the handshake', () => {
  it('62 passes octet by octet, subprotocols and extensions that are none included', async () => {
    const fields =
      'Sec-WebSocket-Protocol: chat,  b@d proto,\r\nSEC-websocket-Extensions: x-unknown; a="b c",permessage-deflate\r\n';
    const agreed = 'Sec-WebSocket-Protocol: never-asked\r\nSec-WebSocket-Extensions: foo; bar\r\n';
    await using c = await chat({ fields, agreed });
    expect(c.asked()).toContain(`\r\n${ASKED}${fields}\r\n`);
    expect(c.client.text()).toBe(`${AGREED}${agreed}\r\n`);
    c.client.socket.destroy();
    expect((await recorded(c)).session.row).toMatchObject({ kind: 'websocket', status: 101 });
  });

  it('62 refused by the origin is an answer like any other', async () => {
    await using proxy = await bench().start();
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.write('HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno'));
    });
    await using listener = await listening(server, {});
    await using client = await rawClient(proxy.port);
    client.write(`GET ${listener.url}/ HTTP/1.1\r\nHost: x\r\n${ASKED}\r\n`);
    await client.until(/^HTTP\/1\.1 403 No\r\n[\s\S]*no$/);
    const [session] = await proxy.sink.ended(1);
    expect(session?.session.row).toMatchObject({ state: 'completed', status: 403 });
    client.socket.destroy();
    await client.closed;
  });

  it('62 frames that come in one piece with the 101 are not lost', async () => {
    const greeting = frame({ payload: 'hello' });
    await using c = await chat({ early: greeting.toString('latin1') });
    await c.client.until(/hello/);
    c.client.socket.destroy();
    const { messages } = await recorded(c);
    expect(messages[0]).toMatchObject({ direction: 'received', opcode: 1 });
  });
});

describe('frames', () => {
  it('63 fragments with control frames between them keep their order and are one message', async () => {
    await using c = await chat();
    const frames = Buffer.concat([
      masked({ payload: 'Hel', final: false }),
      masked({ opcode: 9, payload: 'ping' }),
      masked({ opcode: 0, payload: 'lo', final: false }),
      masked({ opcode: 0, payload: '!' }),
      masked({ opcode: 2, payload: 'bin' }),
    ]);
    c.client.write(frames);
    expect(await c.gets(frames.length)).toEqual(frames);
    c.client.socket.destroy();
    const { messages } = await recorded(c);
    expect(
      messages.map(({ opcode, data, fragments }) => [opcode, Buffer.from(data).toString(), fragments]),
    ).toEqual([
      [9, 'ping', undefined],
      [1, 'Hello!', 3],
      [2, 'bin', undefined],
    ]);
  });

  it('64 compressed messages and misused reserved bits pass as they are', async () => {
    await using c = await chat({ agreed: 'Sec-WebSocket-Extensions: permessage-deflate\r\n' });
    const flushed = deflateRawSync('compressed text', { finishFlush: constants.Z_SYNC_FLUSH });
    const deflated = flushed.subarray(0, -4);
    const frames = Buffer.concat([
      frame({ payload: deflated, reserved: 4 }),
      frame({ payload: 'rsv2', reserved: 2 }),
      frame({ payload: 'no deflate stream', reserved: 4 }),
    ]);
    c.origin.write(frames);
    await c.client.until(/no deflate stream$/);
    expect(c.client.text().endsWith(frames.toString('latin1'))).toBe(true);
    c.client.socket.destroy();
    const { messages } = await recorded(c);
    expect(messages).toHaveLength(3);
    expect(Buffer.from(messages[0]?.data ?? []).toString()).toBe('compressed text');
    expect(messages[0]).toMatchObject({ compressed: true });
    expect(messages[1]?.flaw).toMatch(/\w/);
    expect(messages[2]?.flaw).toMatch(/\w/);
  });

  it.each([
    ['text that is no UTF-8', masked({ payload: Buffer.of(0xc3, 0x28) })],
    ['an opcode that is reserved', masked({ opcode: 3, payload: 'x' })],
    ['a frame of a client without mask', frame({ payload: 'x' })],
    ['a ping in two frames', masked({ opcode: 9, payload: 'x', final: false })],
  ])('65 %s passes, with a flag', async (_name, bad) => {
    await using c = await chat();
    const frames = Buffer.concat([bad, masked({ payload: 'after' })]);
    c.client.write(frames);
    expect(await c.gets(frames.length)).toEqual(frames);
    c.client.socket.destroy();
    const { messages } = await recorded(c);
    expect(messages.some(({ flaw }) => flaw !== undefined)).toBe(true);
  });
});

describe('the end', () => {
  it.each([
    [1000, closePayload(1000, 'bye'), 1000],
    [4999, closePayload(4999), 4999],
    [1005, Buffer.alloc(0), undefined],
    [1006, closePayload(1006, 'never on a wire'), 1006],
  ])(
    '66 close %d is relayed with its reason, after data, and answered by the peer',
    async (_code, payload, code) => {
      await using c = await chat();
      const close = Buffer.concat([frame({ payload: 'last words' }), frame({ opcode: 8, payload })]);
      c.origin.write(close);
      await c.client.until(/last words/);
      const answer = masked({ opcode: 8, payload });
      c.client.write(answer);
      expect(await c.gets(answer.length)).toEqual(answer);
      c.origin.end();
      await c.client.closed;
      expect(c.client.text().endsWith(close.toString('latin1'))).toBe(true);
      const { session, messages } = await recorded(c);
      expect(session.row.state).toBe('completed');
      expect(messages.map(({ opcode }) => opcode)).toEqual([1, 8, 8]);
      expect(messages[1]?.closeCode).toBe(code);
    },
  );

  it.each(['client', 'origin'] as const)(
    '66 a drop by the %s without close is 1006: no close frame, and the session says who',
    async (side) => {
      await using c = await chat();
      c.client.write(masked({ payload: 'hi' }));
      await c.gets(8);
      if (side === 'client') c.client.socket.destroy();
      else {
        c.origin.destroy();
        await c.client.closed;
        expect(c.client.text()).toMatch(/\r\n\r\n$/);
      }
      const { session, messages } = await recorded(c);
      expect(session.row.state).toBe(side === 'client' ? 'client-aborted' : 'server-aborted');
      expect(messages).toHaveLength(1);
    },
  );

  it('66 a half-close after the close frame still lets the answer through', async () => {
    await using c = await chat({ allowHalfOpen: true });
    c.client.socket.end(masked({ opcode: 8, payload: closePayload(1001) }));
    await c.gets(8);
    c.origin.end(frame({ opcode: 8, payload: closePayload(1001) }));
    await c.client.closed;
    expect(c.client.text().endsWith('\x88\x02\x03\xe9')).toBe(true);
    expect((await recorded(c)).session.row.state).toBe('completed');
  });
});

it('66 a peer that has ended and one that will not end are both let go', async () => {
  await using c = await chat({ allowHalfOpen: true, engine: { timeouts: { idle: 100 } } });
  c.client.socket.end(masked({ payload: 'hi' }));
  await c.client.closed;
  expect((await recorded(c)).session.row.state).toBe('client-aborted');
});

describe('68 memory is bounded', () => {
  const MIB = 1024 ** 2;
  /** The most that buffers took above what they took at first, while `work` went on. */
  async function growth(work: () => Promise<void>): Promise<number> {
    const size = () => process.memoryUsage().arrayBuffers;
    const before = size();
    let most = 0;
    const timer = setInterval(() => {
      most = Math.max(most, size() - before);
    }, 2);
    await work().finally(() => clearInterval(timer));
    return most;
  }

  it('68 10,000 tiny fragments are one message', async () => {
    await using c = await chat();
    const fragments = Array.from({ length: 10_000 }, (_, i) =>
      masked({ opcode: i === 0 ? 1 : 0, payload: String(i % 10), final: i === 9999 }),
    );
    const frames = Buffer.concat(fragments);
    c.client.write(frames);
    expect((await c.gets(frames.length)).equals(frames)).toBe(true);
    c.client.socket.destroy();
    const { messages } = await recorded(c);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ fragments: 10_000 });
    expect(messages[0]?.data).toHaveLength(10_000);
  });

  it('68 a message of 200 MiB passes whole, and is kept in part', async () => {
    await using c = await chat();
    const piece = randomBytes(MIB);
    // The header alone, with the length of all that follows.
    const header = frame({ opcode: 2, claimedLength: BigInt(200 * MIB) });
    c.client.socket.removeAllListeners('data');
    let received = 0;
    c.client.socket.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    const grown = await growth(async () => {
      c.origin.write(header);
      for (let sent = 0; sent < 200; sent++) {
        if (!c.origin.write(piece)) await new Promise((resolve) => c.origin.once('drain', resolve));
      }
      while (received < 200 * MIB + header.length) await new Promise((resolve) => setTimeout(resolve, 5));
    });
    expect(received).toBe(200 * MIB + header.length);
    // Of buffers that passed, some are not collected yet.
    expect(grown).toBeLessThan(128 * MIB);
    c.client.socket.destroy();
    const { messages } = await recorded(c);
    expect(messages[0]).toMatchObject({ opcode: 2, wireSize: 200 * MIB });
    expect(messages[0]?.data.length).toBeLessThan(32 * MIB);
  });

  it('68 a peer that takes nothing holds the other back', async () => {
    await using c = await chat();
    c.client.socket.pause();
    c.origin.write(frame({ opcode: 2, claimedLength: BigInt(1024 * MIB) }));
    const piece = Buffer.alloc(MIB);
    let written = 0;
    const more = () => {
      while (!c.origin.destroyed && written < 256 * MIB) {
        written += piece.length;
        if (!c.origin.write(piece)) return void c.origin.once('drain', more);
      }
    };
    more();
    let before = -1;
    while (before !== written) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(written).toBeLessThan(64 * MIB);
  });
});
