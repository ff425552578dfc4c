import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { decode, encode } from '@msgpack/msgpack';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket as Peer, WebSocketServer } from 'ws';
import type { AppStatus } from '#model/contract/contract.ts';
import type { ClientFrame, ServerFrame } from '#model/contract/frames.ts';
import { type ConnectionState, createRpcClient, type RpcClient } from './client.ts';

const backoff = { firstMs: 5, maxMs: 20 };
const status = (sessions: number): AppStatus => ({
  capturing: true,
  sessions,
  active: 0,
  perSecond: 0,
  findings: 0,
  memoryBytes: 1,
  diskBytes: 1,
  decrypted: 0,
  losses: { droppedSessions: 0, droppedBodies: 0, droppedBytes: 0, missed: 0 },
  retention: {},
  checks: { waiting: 0, behindMs: 0, checked: 0, partial: 0, failed: [] },
});

/** A host that does nothing by itself: the test reads the frames it got and answers by hand. */
class Host {
  readonly server: WebSocketServer;
  readonly frames: ClientFrame[] = [];
  peer: Peer | undefined;
  private wake: () => void = () => {};

  constructor(port = 0) {
    this.server = new WebSocketServer({ host: '127.0.0.1', port });
    this.server.on('connection', (peer) => {
      this.peer = peer;
      peer.on('message', (data: Buffer) => {
        this.frames.push(decode(data) as ClientFrame);
        this.wake();
      });
    });
  }

  async listening(): Promise<number> {
    if (!this.server.address()) await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  /** The first frame of that kind, removed from the list; waits for it. */
  async frame<T extends ClientFrame['t']>(t: T): Promise<Extract<ClientFrame, { t: T }>> {
    for (;;) {
      const at = this.frames.findIndex((frame) => frame.t === t);
      if (at >= 0) return this.frames.splice(at, 1)[0] as Extract<ClientFrame, { t: T }>;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  send(frame: ServerFrame): void {
    this.peer?.send(encode(frame));
  }

  async stop(): Promise<void> {
    for (const peer of this.server.clients) peer.terminate();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const toStop: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop();
});

async function connect(): Promise<{ host: Host; client: RpcClient; port: number }> {
  const host = new Host();
  const port = await host.listening();
  const client = createRpcClient({ url: `ws://127.0.0.1:${port}`, backoff });
  toStop.push(
    () => host.stop(),
    () => client.close(),
  );
  return { host, client, port };
}

const until = (client: RpcClient, kind: ConnectionState['kind']) =>
  new Promise<void>((resolve) => {
    if (client.state.kind === kind) return resolve();
    const stop = client.onState((state) => {
      if (state.kind !== kind) return;
      stop();
      resolve();
    });
  });

describe('calls', () => {
  it('made before the connection is there wait for it', async () => {
    const { host, client } = await connect();
    expect(client.state.kind).toBe('connecting');
    const answer = client.call('sessions.ids', {
      filter: '',
      order: { by: 'id', descending: false },
      offset: 0,
      limit: 2,
    });
    const frame = await host.frame('call');
    expect(frame.method).toBe('sessions.ids');
    expect(frame.params).toMatchObject({ limit: 2 });
    host.send({ t: 'result', id: frame.id, value: { ids: [1, 2] } });
    expect(await answer).toEqual({ ids: [1, 2] });
  });

  it('and streams asked for as the connection comes are sent once', async () => {
    const { host, client } = await connect();
    client.onState(({ kind }) => {
      if (kind !== 'open') return;
      client.call('app.info', {}).catch(() => undefined);
      client.watch('app.status', {}, { item: () => undefined });
    });
    await until(client, 'open');
    client.call('connect.info', {}).catch(() => undefined);
    const last = async () => {
      const { method } = await host.frame('call');
      return method;
    };
    expect([await last(), await last(), (await host.frame('open')).method]).toEqual([
      'app.info',
      'connect.info',
      'app.status',
    ]);
    expect(host.frames).toEqual([]);
  });

  it('are answered by id, in any order', async () => {
    const { host, client } = await connect();
    const a = client.call('sessions.remove', { ids: [1] });
    const b = client.call('sessions.remove', { ids: [1, 2] });
    const first = await host.frame('call');
    const second = await host.frame('call');
    host.send({ t: 'result', id: second.id, value: { removed: 2 } });
    host.send({ t: 'result', id: first.id, value: { removed: 1 } });
    expect(await Promise.all([a, b])).toEqual([{ removed: 1 }, { removed: 2 }]);
  });

  it('leave out what is undefined and carry bytes as bytes', async () => {
    const { host, client } = await connect();
    const body = Uint8Array.of(0, 255);
    void client
      .call('composer.send', {
        method: 'GET',
        url: 'http://a/',
        headers: [],
        body,
        source: 'replay',
        parentId: undefined,
      })
      .catch(() => {});
    const { params } = await host.frame('call');
    expect(Object.keys(params as object)).not.toContain('parentId');
    expect(new Uint8Array((params as { body: Uint8Array }).body)).toEqual(body);
  });

  it('that fail reject with the code and the sentence', async () => {
    const { host, client } = await connect();
    const answer = client.call('sessions.clear', {});
    host.send({
      t: 'error',
      id: (await host.frame('call')).id,
      code: 'not-allowed',
      message: 'Stop capturing first.',
    });
    await expect(answer).rejects.toMatchObject({ code: 'not-allowed', message: 'Stop capturing first.' });
  });

  it('answered with something else than the contract says are an internal error', async () => {
    const { host, client } = await connect();
    const answer = client.call('sessions.clear', {});
    host.send({ t: 'result', id: (await host.frame('call')).id, value: { removed: 'all' } });
    await expect(answer).rejects.toMatchObject({ code: 'internal' });
  });

  it('in flight when the connection goes are lost, and so are those made meanwhile', async () => {
    const { host, client } = await connect();
    const answer = client.call('sessions.clear', {});
    await host.frame('call');
    const gone = until(client, 'lost');
    host.peer?.terminate();
    await expect(answer).rejects.toMatchObject({ code: 'connection-lost' });
    await gone;
    await expect(client.call('sessions.clear', {})).rejects.toMatchObject({ code: 'connection-lost' });
  });
});

describe('watches', () => {
  it('grant credit first and one more for each item dealt with', async () => {
    const { host, client } = await connect();
    const seen: number[] = [];
    client.watch('app.status', {}, { item: (item) => seen.push(item.sessions) });
    const { id, credit } = await host.frame('open');
    expect(credit).toBeGreaterThan(0);
    host.send({ t: 'item', id, value: status(7) });
    expect(await host.frame('credit')).toEqual({ t: 'credit', id, credit: 1 });
    expect(seen).toEqual([7]);
  });

  it('grant no credit while an item is still being dealt with', async () => {
    const { host, client } = await connect();
    let done = () => {};
    client.watch(
      'app.status',
      {},
      {
        item: () =>
          new Promise<void>((resolve) => {
            done = resolve;
          }),
      },
    );
    const { id } = await host.frame('open');
    host.send({ t: 'item', id, value: status(1) });
    const answer = client.call('sessions.clear', {});
    host.send({ t: 'result', id: (await host.frame('call')).id, value: { removed: 0 } });
    await answer;
    expect(host.frames).toEqual([]);
    done();
    expect(await host.frame('credit')).toEqual({ t: 'credit', id, credit: 1 });
  });

  it('end when the host ends them, and say why they failed', async () => {
    const { host, client } = await connect();
    const ended = new Promise<void>((end) => client.watch('app.status', {}, { item: () => {}, end }));
    host.send({ t: 'end', id: (await host.frame('open')).id });
    await ended;
    const failed = new Promise((error) => client.watch('sessions.get', { id: 9 }, { item: () => {}, error }));
    host.send({ t: 'error', id: (await host.frame('open')).id, code: 'not-found', message: 'Gone.' });
    expect(await failed).toMatchObject({ code: 'not-found' });
  });

  it('close when told so, and hear nothing of items under way', async () => {
    const { host, client } = await connect();
    const seen: number[] = [];
    const stop = client.watch('app.status', {}, { item: (item) => seen.push(item.sessions) });
    const { id } = await host.frame('open');
    stop();
    expect(await host.frame('close')).toEqual({ t: 'close', id });
    host.send({ t: 'item', id, value: status(1) });
    const answer = client.call('sessions.clear', {});
    host.send({ t: 'result', id: (await host.frame('call')).id, value: { removed: 0 } });
    await answer;
    expect(seen).toEqual([]);
  });

  it('with an item that breaks the contract fail and are closed at the host', async () => {
    const { host, client } = await connect();
    const failed = new Promise((error) => client.watch('app.status', {}, { item: () => {}, error }));
    const { id } = await host.frame('open');
    host.send({ t: 'item', id, value: { capturing: 'perhaps' } });
    expect(await failed).toMatchObject({ code: 'internal' });
    expect(await host.frame('close')).toEqual({ t: 'close', id });
  });

  it('come back by themselves after the host was away', async () => {
    const { host, client, port } = await connect();
    const seen: number[] = [];
    const second = new Promise<void>((resolve) => {
      client.watch(
        'app.status',
        {},
        { item: (item) => (seen.push(item.sessions) === 2 ? resolve() : undefined) },
      );
    });
    host.send({ t: 'item', id: (await host.frame('open')).id, value: status(1) });
    await host.frame('credit');
    const gone = until(client, 'lost');
    await host.stop();
    await gone;
    expect(client.state).toMatchObject({ kind: 'lost', everOpen: true });
    const again = new Host(port);
    toStop.push(() => again.stop());
    again.send({ t: 'item', id: (await again.frame('open')).id, value: status(2) });
    await second;
    expect(seen).toEqual([1, 2]);
    expect(client.state.kind).toBe('open');
  });
});

describe('the connection', () => {
  it('is closed on a frame that is not the contract’s, and made anew', async () => {
    const { host, client } = await connect();
    await until(client, 'open');
    const gone = until(client, 'lost');
    host.peer?.send(encode({ t: 'surprise' }));
    await gone;
    await until(client, 'open');
  });

  it('says that it never was open, and retries at once when asked', async () => {
    const probe = new Host();
    const port = await probe.listening();
    await probe.stop();
    const client = createRpcClient({
      url: `ws://127.0.0.1:${port}`,
      backoff: { firstMs: 60_000, maxMs: 60_000 },
    });
    toStop.push(() => client.close());
    await until(client, 'lost');
    expect(client.state).toMatchObject({ kind: 'lost', everOpen: false });
    const answer = client.call('sessions.clear', {});
    const host = new Host(port);
    toStop.push(() => host.stop());
    await host.listening();
    client.retryNow();
    host.send({ t: 'result', id: (await host.frame('call')).id, value: { removed: 3 } });
    expect(await answer).toEqual({ removed: 3 });
  });

  it('once closed stays closed and refuses calls', async () => {
    const { client } = await connect();
    client.close();
    expect(client.state.kind).toBe('closed');
    await expect(client.call('sessions.clear', {})).rejects.toMatchObject({ code: 'connection-lost' });
  });
});
