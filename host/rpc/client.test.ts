/** The client against a server that says what the test wants: what goes wrong on the way is what is tested here. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { decode, encode } from '@msgpack/msgpack';
import { describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ClientFrame, ServerFrame } from '#model/contract/frames.ts';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { connectRpc, splitAddress } from './client.ts';

const STATUS = {
  capturing: true,
  sessions: 1,
  active: 0,
  perSecond: 0,
  findings: 0,
  memoryBytes: 1,
  diskBytes: 1,
  decrypted: 0,
  losses: { droppedSessions: 0, droppedBodies: 0, droppedBytes: 0, missed: 0 },
  retention: {},
  checks: { waiting: 0, behindMs: 0, checked: 0, partial: 0, failed: [] },
};

/** A host that answers each frame with what `answer` makes of it. */
async function peer(
  answer: (frame: ClientFrame, send: (frame: ServerFrame) => void, socket: WebSocket) => void,
) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const frames: ClientFrame[] = [];
  const authorization: (string | undefined)[] = [];
  server.on('connection', (socket, request) => {
    authorization.push(request.headers.authorization);
    socket.on('message', (data) => {
      const frame = decode(data as Buffer) as ClientFrame;
      frames.push(frame);
      answer(frame, (reply) => socket.send(encode(reply)), socket);
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/#token=secret`,
    frames,
    authorization,
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('an address', () => {
  it('is taken apart', () => {
    expect(splitAddress('http://127.0.0.1:81/#token=a_b-c')).toEqual({
      origin: 'http://127.0.0.1:81',
      token: 'a_b-c',
    });
  });

  it.each([
    '',
    'nonsense',
    'http://127.0.0.1:81/',
    'http://127.0.0.1:81/?token=a',
    'http://127.0.0.1:81/#token=',
  ])('without its token is refused: %j', (address) =>
    expect(() => splitAddress(address)).toThrow(expect.objectContaining({ code: 'usage' })),
  );
});

describe('a client', () => {
  it('shows its token where no log sees it, and gets answers to its questions', async () => {
    await using host = await peer((frame, send) => {
      if (frame.t === 'call') send({ t: 'result', id: frame.id, value: { removed: frame.id } });
    });
    await using client = await connectRpc(host.address);
    const ask = (id: number) => client.call('sessions.remove', { ids: [id] });
    expect(await Promise.all([ask(1), ask(2)])).toEqual([{ removed: 1 }, { removed: 2 }]);
    expect(host.authorization).toEqual(['Bearer secret']);
  });

  it('passes errors on with their codes', async () => {
    await using host = await peer(({ id }, send) =>
      send({ t: 'error', id, code: 'too-large', message: 'Too much.' }),
    );
    await using client = await connectRpc(host.address);
    await expect(client.call('sessions.clear', {})).rejects.toMatchObject({
      code: 'too-large',
      message: 'Too much.',
    });
    await expect(client.open('app.status', {}).next()).rejects.toMatchObject({ code: 'too-large' });
  });

  it('takes no answer that the contract does not have', async () => {
    await using host = await peer(({ id }, send) => send({ t: 'result', id, value: { removed: 'many' } }));
    await using client = await connectRpc(host.address);
    await expect(client.call('sessions.clear', {})).rejects.toMatchObject({ code: 'internal' });
  });

  it('reads a stream to its end, and asks for more as it takes', async () => {
    await using host = await peer((frame, send) => {
      if (frame.t !== 'open') return;
      for (const sessions of [1, 2, 3]) send({ t: 'item', id: frame.id, value: { ...STATUS, sessions } });
      send({ t: 'end', id: frame.id });
    });
    await using client = await connectRpc(host.address);
    const items = await Array.fromAsync(client.open('app.status', {}));
    expect(items.map(({ sessions }) => sessions)).toEqual([1, 2, 3]);
    await expect
      .poll(() => host.frames.map(({ t }) => t))
      .toEqual(['open', 'credit', 'credit', 'credit', 'close']);
  });

  it('closes a stream that its reader leaves', async () => {
    await using host = await peer((frame, send) => {
      if (frame.t === 'open') send({ t: 'item', id: frame.id, value: STATUS });
    });
    await using client = await connectRpc(host.address);
    for await (const _ of client.open('app.status', {})) break;
    await expect.poll(() => host.frames.at(-1)).toEqual({ t: 'close', id: 1 });
  });

  it('fails everything that is open when the connection goes, and what comes after', async () => {
    await using host = await peer((frame, send, socket) => {
      if (frame.t === 'open') send({ t: 'item', id: frame.id, value: STATUS });
      else if (frame.t === 'call') socket.terminate();
    });
    await using client = await connectRpc(host.address);
    const items = client.open('app.status', {});
    await items.next();
    const lost = { code: 'connection-lost' };
    const next = expect(items.next()).rejects.toMatchObject(lost);
    await expect(client.call('sessions.clear', {})).rejects.toMatchObject(lost);
    await next;
    await expect(client.call('sessions.clear', {})).rejects.toMatchObject(lost);
    await expect(client.open('app.status', {}).next()).rejects.toMatchObject(lost);
    await client.close();
  });

  it('says when nobody answers, or who answers does not want it', async () => {
    const gone = await peer(() => {});
    await gone[Symbol.asyncDispose]();
    await expect(connectRpc(gone.address)).rejects.toMatchObject({ code: 'connection-lost' });
    await using web = await httpOrigin((_, response) => response.writeHead(403).end());
    await expect(connectRpc(`${web.url}/#token=x`)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('403'),
    });
  });
});
