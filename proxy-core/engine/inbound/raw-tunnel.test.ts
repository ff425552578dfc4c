import { once } from 'node:events';
import { connect, TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { tempAuthority } from '#certs/testing/temp-authority.ts';
import { recordingSink } from '../../testing/recording-sink.ts';
import { type Recorder, Recording } from '../recorder.ts';
import { type RawTunnelOptions, rawTunnel, type TunnelOutcome } from './raw-tunnel.ts';
import { SecureContexts } from './secure-contexts.ts';
import { type Inbox, inbox, type SocketPair, socketPair } from './testing/loopback.ts';

const MB = 1_048_576;

interface Bench extends AsyncDisposable {
  /** What the client and the server hold. */
  readonly client: SocketPair['outer'];
  readonly server: SocketPair['outer'];
  readonly toClient: Inbox;
  readonly toServer: Inbox;
  readonly sink: ReturnType<typeof recordingSink>;
  readonly inner: { readonly client: SocketPair['inner']; readonly server: SocketPair['inner'] };
  readonly outcome: Promise<TunnelOutcome>;
}

const HEAD = { method: 'CONNECT', target: 'a.test:22', httpVersion: 'HTTP/1.1', headers: [] };

/** A session that has begun and been answered, as the tunnel wants it. */
function session(sink: ReturnType<typeof recordingSink>): Recorder {
  const beginning = { kind: 'tunnel', source: 'proxy', url: 'tunnel://a.test:22', head: HEAD } as const;
  const recorder = new Recording(sink, sink.nextSessionId).begin(beginning, true);
  recorder.responseHead({
    httpVersion: 'HTTP/1.1',
    status: 200,
    reason: 'Connection Established',
    headers: [],
  });
  return recorder;
}

/** A tunnel between two peers that the test plays. */
async function tunnel(
  options: Partial<RawTunnelOptions> = {},
  prepare?: (one: SocketPair, two: SocketPair) => unknown,
): Promise<Bench> {
  const near = await socketPair();
  const far = await socketPair();
  const sink = recordingSink();
  await prepare?.(near, far);
  const outcome = rawTunnel(near.inner, far.inner, {
    recorder: session(sink),
    record: 'bytes',
    idleMs: 20_000,
    host: 'a.test:22',
    ...options,
  });
  return {
    client: near.outer,
    server: far.outer,
    inner: { client: near.inner, server: far.inner },
    toClient: inbox(near.outer),
    toServer: inbox(far.outer),
    sink,
    outcome,
    [Symbol.asyncDispose]: async () => {
      await near[Symbol.asyncDispose]();
      await far[Symbol.asyncDispose]();
      await outcome;
    },
  };
}

/** The session as it was recorded. */
async function recorded({ sink }: Bench) {
  const [full] = await sink.ended(1);
  if (!full) throw new Error('no session');
  return {
    row: full.session.row,
    failure: full.session.failure,
    facts: full.session.facts,
    complete: [full.session.request.body.complete, full.session.response?.body.complete],
    request: Buffer.from(full.requestBody).toString('latin1'),
    response: Buffer.from(full.responseBody).toString('latin1'),
  };
}

describe('rawTunnel: bytes', () => {
  it('48: pass both ways and are recorded', async () => {
    await using bench = await tunnel();
    const { client, server, toClient, toServer } = bench;
    client.write('ping\0\xff', 'latin1');
    await toServer.until(6);
    server.write('pong');
    await toClient.until(4);
    client.end();
    server.end();
    expect(await bench.outcome).toEqual({ state: 'completed', sent: 6, received: 4 });
    expect([toServer.text(), toClient.text()]).toEqual(['ping\0\xff', 'pong']);
    expect(await recorded(bench)).toMatchObject({
      row: { kind: 'tunnel', state: 'completed', requestBodySize: 6, responseBodySize: 4 },
      request: 'ping\0\xff',
      response: 'pong',
      complete: [true, true],
      failure: undefined,
    });
  });

  it('48: the server may speak first', async () => {
    await using bench = await tunnel();
    bench.server.end('220 ready\r\n');
    await bench.toClient.until(11);
    bench.client.end('QUIT\r\n');
    expect(await bench.outcome).toMatchObject({ state: 'completed', sent: 6, received: 11 });
    expect(bench.toClient.text()).toBe('220 ready\r\n');
  });

  it('49: what was already read goes first, on either side', async () => {
    await using bench = await tunnel({
      fromClient: Buffer.from('SSH-2.0-'),
      fromServer: Buffer.from('SSH-'),
    });
    bench.client.end('client');
    bench.server.end('server');
    expect(await bench.outcome).toMatchObject({ sent: 14, received: 10 });
    expect([bench.toServer.text(), bench.toClient.text()]).toEqual(['SSH-2.0-client', 'SSH-server']);
    expect(await recorded(bench)).toMatchObject({ request: 'SSH-2.0-client', response: 'SSH-server' });
  });

  it('what came before the tunnel stood is not lost', async () => {
    await using bench = await tunnel({}, async (near, far) => {
      near.inner.pause();
      near.outer.end('early');
      far.outer.end('bird');
    });
    expect(await bench.outcome).toMatchObject({ state: 'completed', sent: 5, received: 4 });
  });

  it('counts alone, where nobody could read what passes', async () => {
    await using bench = await tunnel({ record: 'counts' });
    bench.client.end('secret');
    bench.server.end('secrets');
    expect(await bench.outcome).toMatchObject({ state: 'completed', sent: 6, received: 7 });
    const { request, response, facts } = await recorded(bench);
    expect([request, response]).toEqual(['', '']);
    expect(facts.tunnelBytes).toEqual({ sent: 6, received: 7 });
    expect(bench.sink.events.map(({ type }) => type)).not.toContain('request-data');
  });

  it('counts are told while the tunnel lives', async () => {
    await using bench = await tunnel({ record: 'counts' });
    bench.client.write('hello');
    await bench.sink.find(({ facts, row }) => row.state === 'active' && facts.tunnelBytes?.sent === 5);
  });

  it('inside TLS on both sides, as plain as what was decrypted', async () => {
    const { authority } = await tempAuthority();
    await using near = await socketPair();
    await using far = await socketPair();
    const ca = authority.certificatePem;
    const end = async (pair: SocketPair) => {
      const inner = new TLSSocket(pair.inner, {
        isServer: true,
        secureContext: new SecureContexts(authority).contextFor('a.test'),
      });
      const outer = connect({ socket: pair.outer, ca, servername: 'a.test' });
      await once(outer, 'secureConnect');
      return { inner, outer };
    };
    const [client, server] = [await end(near), await end(far)];
    const sink = recordingSink();
    const outcome = rawTunnel(client.inner, server.inner, {
      recorder: session(sink),
      record: 'bytes',
      idleMs: 20_000,
      host: 'a.test:22',
    });
    const [toServer, toClient] = [inbox(server.outer), inbox(client.outer)];
    client.outer.write('MQTT');
    await toServer.until(4);
    server.outer.end('CONNACK');
    expect(await toClient.ended).toBe('fin');
    client.outer.end();
    expect(await outcome).toEqual({ state: 'completed', sent: 4, received: 7 });
    expect(toClient.text()).toBe('CONNACK');
  });
});

describe('rawTunnel: ends', () => {
  it('5: a client that has said all still gets its answer', async () => {
    await using bench = await tunnel();
    bench.client.end('question');
    expect(await bench.toServer.ended).toBe('fin');
    bench.server.write('ans');
    await bench.toClient.until(3);
    bench.server.end('wer');
    expect(await bench.toClient.ended).toBe('fin');
    expect(await bench.outcome).toEqual({ state: 'completed', sent: 8, received: 6 });
    expect(bench.toClient.text()).toBe('answer');
  });

  it('6: what a server had sent before it ended reaches a slow client whole', async () => {
    const size = 4 * MB;
    await using bench = await tunnel();
    bench.client.pause();
    bench.server.end(Buffer.alloc(size, 'x'));
    await bench.sink.find(({ row }) => row.responseBodySize > 0);
    bench.client.resume();
    expect(await bench.toClient.ended).toBe('fin');
    expect(bench.toClient.size()).toBe(size);
    bench.client.end();
    expect(await bench.outcome).toEqual({ state: 'completed', sent: 0, received: size });
  });

  it('7: a reset by the server is a reset for the client', async () => {
    await using bench = await tunnel();
    bench.server.write('half');
    await bench.toClient.until(4);
    bench.server.resetAndDestroy();
    expect(await bench.toClient.ended).toBe('reset');
    expect(await bench.outcome).toMatchObject({
      state: 'server-aborted',
      received: 4,
      failure: { code: 'origin-gone' },
    });
    expect(await recorded(bench)).toMatchObject({
      row: { state: 'server-aborted', error: 'origin-gone' },
      response: 'half',
      complete: [false, false],
    });
  });

  it('8: a reset by the client is a reset for the server', async () => {
    await using bench = await tunnel();
    bench.client.write('half');
    await bench.toServer.until(4);
    bench.client.resetAndDestroy();
    expect(await bench.toServer.ended).toBe('reset');
    expect(await bench.outcome).toMatchObject({
      state: 'client-aborted',
      sent: 4,
      failure: { code: 'client-gone' },
    });
    expect(await recorded(bench)).toMatchObject({
      row: { state: 'client-aborted', error: 'client-gone' },
      request: 'half',
    });
  });

  it('7: what a server had sent before its reset comes before the reset', async () => {
    await using bench = await tunnel();
    bench.server.write('bye');
    bench.server.resetAndDestroy();
    expect(await bench.toClient.ended).toBe('reset');
    expect(bench.toClient.text()).toBe('bye');
    expect(await bench.outcome).toMatchObject({ state: 'server-aborted', received: 3 });
  });

  it('a client that is gone while the server still sends', async () => {
    await using bench = await tunnel();
    bench.client.destroy();
    const send = () => {
      if (bench.server.writable) bench.server.write('more', () => setImmediate(send));
    };
    send();
    expect(await bench.outcome).toMatchObject({ state: 'client-aborted' });
    expect(await bench.toServer.ended).not.toBe('closed');
  });

  it('a client’s reset does not wait for long for a server that has stopped to read', async () => {
    await using bench = await tunnel({ record: 'counts' });
    bench.server.pause();
    for (let sent = 0; bench.inner.server.writableLength === 0; sent = bench.inner.client.bytesRead) {
      bench.client.write(Buffer.alloc(10_000));
      while (bench.inner.client.bytesRead < sent + 10_000)
        await new Promise((resolve) => setImmediate(resolve));
    }
    bench.client.resetAndDestroy();
    expect(await bench.outcome).toMatchObject({ state: 'client-aborted' });
  });

  it('silence has a limit', async () => {
    await using bench = await tunnel({ idleMs: 50 });
    expect(await bench.outcome).toMatchObject({ state: 'failed', failure: { code: 'timeout' } });
    expect((await recorded(bench)).failure?.detail).toBe(
      'Nothing passed between the client and a.test:22 for 0.05 s, so the tunnel was closed.',
    );
    await Promise.all([bench.toClient.ended, bench.toServer.ended]);
  });

  it('silence after one side has ended has it too', async () => {
    await using bench = await tunnel({ idleMs: 300 });
    bench.client.end('bye');
    expect(await bench.outcome).toMatchObject({ state: 'failed', sent: 3, failure: { code: 'timeout' } });
  });

  it('bytes on one side are no silence on the other', async () => {
    await using bench = await tunnel({ idleMs: 1000 });
    const started = performance.now();
    while (performance.now() - started < 1500) {
      bench.server.write('.');
      await bench.toClient.until(bench.toClient.size() + 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    bench.server.end();
    bench.client.end();
    expect(await bench.outcome).toMatchObject({ state: 'completed' });
  });

  it('closing from within ends it, whichever socket it was', async () => {
    for (const side of ['client', 'server'] as const) {
      await using bench = await tunnel();
      bench.inner[side].destroy();
      expect(await bench.outcome).toMatchObject({ state: 'failed', failure: { code: 'other' } });
      await Promise.all([bench.toClient.ended, bench.toServer.ended]);
    }
  });

  it('a peer that was gone before it began', async () => {
    await using noClient = await tunnel({}, (near) => near.inner.destroy());
    expect(await noClient.outcome).toMatchObject({ state: 'client-aborted', sent: 0 });
    await using noServer = await tunnel({}, async (_near, far) => {
      far.inner.destroy();
      await once(far.inner, 'close');
    });
    expect(await noServer.outcome).toMatchObject({ state: 'server-aborted' });
    expect(await noServer.toClient.ended).toBe('reset');
  });

  it('breaking off anywhere in a conversation ends in a definite state', async () => {
    const [question, answer] = ['0123456789', 'abcdefghij'];
    for (let at = 0; at <= 2 * question.length; at += 4) {
      for (const [side, how] of [
        ['client', 'reset'],
        ['client', 'fin'],
        ['server', 'reset'],
        ['server', 'fin'],
      ] as const) {
        await using bench = await tunnel();
        const asked = question.slice(0, at);
        const answered = answer.slice(0, Math.max(0, at - question.length));
        bench.client.write(asked);
        await bench.toServer.until(asked.length);
        bench.server.write(answered);
        await bench.toClient.until(answered.length);
        if (how === 'reset') bench[side].resetAndDestroy();
        else {
          bench[side].end();
          bench[side === 'client' ? 'server' : 'client'].end();
        }
        const { state, sent, received } = await bench.outcome;
        expect([state, sent, received]).toEqual([
          how === 'fin' ? 'completed' : `${side}-aborted`,
          asked.length,
          answered.length,
        ]);
        expect((await recorded(bench)).row.state).toBe(state);
      }
    }
  });
});

describe('rawTunnel: pace', () => {
  it('2: a client that does not read stops the server, and costs a buffer only', async () => {
    const size = 64 * MB;
    await using bench = await tunnel({ record: 'counts' });
    bench.client.pause();
    bench.server.end(Buffer.alloc(size));
    // Until nothing moves: what is on the way then sits in buffers of the kernel and of two sockets.
    let last = -1;
    while (bench.inner.server.bytesRead !== last) {
      last = bench.inner.server.bytesRead;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(bench.inner.server.bytesRead).toBeLessThan(size / 2);
    expect(bench.inner.client.writableLength).toBeLessThan(MB);
    bench.client.resume().end();
    expect(await bench.outcome).toMatchObject({ state: 'completed', received: size });
  });

  it('a capture that is behind slows the tunnel and loses nothing', async () => {
    const size = 8 * MB;
    await using bench = await tunnel();
    bench.sink.hold();
    bench.server.end(Buffer.alloc(size, 'y'));
    await bench.sink.find(({ row }) => row.responseBodySize > 0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(bench.toClient.size()).toBeLessThan(size / 2);
    bench.sink.release();
    bench.client.end();
    expect(await bench.outcome).toMatchObject({ state: 'completed', received: size });
    expect((await recorded(bench)).row.responseBodySize).toBe(size);
  });
});
