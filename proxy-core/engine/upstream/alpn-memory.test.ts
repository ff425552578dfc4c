import { createServer, type TlsOptions } from 'node:tls';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { type ConnectBench, connectBench } from '../../testing/connect-bench.ts';
import { listening } from '../../testing/origin.ts';
import { AlpnMemory, type AlpnMemoryOptions } from './alpn-memory.ts';
import { openConnection } from './connect.ts';
import type { UpstreamConnection } from './connection.ts';
import { Pool } from './pool.ts';

const nobody: AlpnMemoryOptions = {
  open: () => Promise.reject(new Error('nothing is opened here')),
  keep: () => {},
};
const target = (host: string, port = 443, serverName?: string) => ({ host, port, serverName });

describe('what is remembered', () => {
  it('is recalled by host, port and name', () => {
    const memory = new AlpnMemory(nobody);
    memory.remember(target('a.test'), 'h2');
    memory.remember(target('a.test', 8443), 'http/1.1');
    memory.remember(target('a.test', 443, 'front.test'), undefined);
    expect(memory.recall(target('a.test'))).toBe('h2');
    expect(memory.recall(target('a.test', 8443))).toBe('http/1.1');
    expect(memory.recall(target('a.test', 443, 'front.test'))).toBe('http/1.1');
    expect(memory.recall(target('b.test'))).toBeUndefined();
  });

  it('can change and be forgotten', () => {
    const memory = new AlpnMemory(nobody);
    memory.remember(target('a.test'), 'h2');
    memory.remember(target('a.test'), 'http/1.1');
    expect(memory.recall(target('a.test'))).toBe('http/1.1');
    memory.forget(target('a.test'));
    expect(memory.recall(target('a.test'))).toBeUndefined();
  });

  it('is forgotten with time, counted from when it was last learned', () => {
    const clock = { now: 0 };
    const memory = new AlpnMemory({ ...nobody, maxAge: 100, now: () => clock.now });
    memory.remember(target('a.test'), 'h2');
    clock.now = 80;
    expect(memory.recall(target('a.test'))).toBe('h2');
    memory.remember(target('a.test'), 'h2');
    clock.now = 170;
    expect(memory.recall(target('a.test'))).toBe('h2');
    clock.now = 181;
    expect(memory.recall(target('a.test'))).toBeUndefined();
  });

  it('is bounded; what was used longest ago goes first', () => {
    const memory = new AlpnMemory({ ...nobody, max: 2 });
    memory.remember(target('a.test'), 'h2');
    memory.remember(target('b.test'), 'h2');
    memory.recall(target('a.test'));
    memory.remember(target('c.test'), 'h2');
    expect(['a.test', 'b.test', 'c.test'].map((host) => memory.recall(target(host)))).toEqual([
      'h2',
      undefined,
      'h2',
    ]);
  });
});

describe('54 a probe', () => {
  let bench: ConnectBench;
  beforeAll(async () => {
    bench = await connectBench();
  });

  const origin = (options: TlsOptions = {}) =>
    listening(
      createServer({ ...bench.leaf('origin.test'), ...options }, (socket) => socket.on('error', () => {})),
    );

  /** A memory that keeps what it opens in a pool. */
  function memoryWithPool() {
    const context = bench.context({
      lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
      timeouts: { connect: 2000 },
    });
    const pool = new Pool<UpstreamConnection>();
    const memory = new AlpnMemory({
      open: (wanted) => openConnection(wanted, context),
      keep: (connection) => pool.release(connection),
    });
    return { pool, memory };
  }

  it.each([
    [['h2', 'http/1.1'], 'h2'],
    [['http/1.1'], 'http/1.1'],
    [undefined, 'http/1.1'],
  ] as const)('of an origin that speaks %j learns %s', async (spoken, learned) => {
    await using server = await origin(spoken ? { ALPNProtocols: [...spoken] } : {});
    const { pool, memory } = memoryWithPool();
    using _closing = pool;
    expect(await memory.probe(target('origin.test', server.port))).toBe(learned);
    expect(memory.recall(target('origin.test', server.port))).toBe(learned);
  });

  it('keeps its connection for the request that follows', async () => {
    await using server = await origin({ ALPNProtocols: ['http/1.1'] });
    const { pool, memory } = memoryWithPool();
    using _closing = pool;
    await memory.probe(target('origin.test', server.port));
    const kept = pool.acquire(`https://origin.test:${server.port}`);
    expect(kept?.alpn).toBe('http/1.1');
    expect(kept?.facts.serverTls?.chain).toHaveLength(2);
    kept?.socket.destroy();
  });

  it('is made once, however many ask, and not again while it is known', async () => {
    await using server = await origin({ ALPNProtocols: ['h2', 'http/1.1'] });
    const { pool, memory } = memoryWithPool();
    using _closing = pool;
    const asked = Array.from({ length: 20 }, () => memory.probe(target('origin.test', server.port)));
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['h2']));
    expect(await memory.probe(target('origin.test', server.port))).toBe('h2');
    expect(server.connections()).toBe(1);
  });

  it('that fails tells everybody who waits, remembers nothing, and may be tried again', async () => {
    const gone = await origin();
    await gone[Symbol.asyncDispose]();
    const { pool, memory } = memoryWithPool();
    using _closing = pool;
    const asked = [1, 2].map(() => memory.probe(target('origin.test', gone.port)));
    for (const attempt of asked) await expect(attempt).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(memory.recall(target('origin.test', gone.port))).toBeUndefined();
    await expect(memory.probe(target('origin.test', gone.port))).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });
});

test('what is remembered is not asked for', async () => {
  const memory = new AlpnMemory(nobody);
  memory.remember(target('a.test'), 'h2');
  expect(await memory.probe(target('a.test'))).toBe('h2');
  await expect(memory.probe(target('b.test'))).rejects.toThrow('nothing is opened');
});
