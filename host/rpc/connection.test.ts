/** One connection with handlers of the test's own, over a real WebSocket; the client here writes frames by hand. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { decode, encode } from '@msgpack/msgpack';
import { describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { AppStatus } from '#model/contract/contract.ts';
import type { ServerFrame } from '#model/contract/frames.ts';
import { SluiceError } from '#model/errors.ts';
import { serveConnection } from './connection.ts';
import type { Handlers } from './handlers.ts';

const STATUS: AppStatus = {
  capturing: true,
  sessions: 0,
  active: 0,
  perSecond: 0,
  findings: 0,
  memoryBytes: 0,
  diskBytes: 0,
  decrypted: 0,
  losses: { droppedSessions: 0, droppedBodies: 0, droppedBytes: 0, missed: 0 },
  retention: {},
  checks: { waiting: 0, behindMs: 0, checked: 0, partial: 0, failed: [] },
};

async function connected(handlers: Partial<Handlers>) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  server.on('connection', (socket) => serveConnection(socket, handlers as Handlers));
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const frames: ServerFrame[] = [];
  let wake: () => void = () => undefined;
  socket.on('message', (data) => {
    frames.push(decode(data as Buffer) as ServerFrame);
    wake();
  });
  const closed = once(socket, 'close').then(([code]) => Number(code));
  await once(socket, 'open');
  return {
    socket,
    closed,
    frames,
    send: (frame: unknown) => socket.send(encode(frame)),
    /** Frames so far, once there are `count`. */
    async got(count: number) {
      while (frames.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return frames;
    },
    async [Symbol.asyncDispose]() {
      socket.terminate();
      await closed;
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const call = (id: number, method: string, params?: unknown) => ({ t: 'call', id, method, params });
const open = (id: number, credit: number, method = 'app.status') => ({
  t: 'open',
  id,
  method,
  params: {},
  credit,
});

/** As many items as are asked for, counted. */
function endless() {
  const made = { items: 0, ended: false };
  const handler: Handlers['app.status'] = async function* () {
    try {
      for (;;) {
        made.items += 1;
        yield { ...STATUS, sessions: made.items };
      }
    } finally {
      made.ended = true;
    }
  };
  return { made, handler };
}

describe('a call', () => {
  it('is answered by its handler, with parameters that the contract has', async () => {
    await using at = await connected({ 'sessions.remove': async ({ ids }) => ({ removed: ids.length }) });
    at.send(call(1, 'sessions.remove', { ids: [4, 5] }));
    expect(await at.got(1)).toEqual([{ t: 'result', id: 1, value: { removed: 2 } }]);
  });

  it.each([
    ['no such name', call(1, 'sessions.steal'), 'There is no call'],
    ['a name of every object', call(1, 'constructor'), 'There is no call'],
    ['the name of a stream', call(1, 'app.status'), 'There is no call'],
    ['a wrong parameter', call(1, 'sessions.remove', { ids: ['x'] }), 'sessions.remove: ids.0'],
    ['no parameters', call(1, 'sessions.remove'), 'sessions.remove: ids'],
    ['a stream by the name of a call', open(1, 1, 'sessions.remove'), 'There is no stream'],
  ])('with %s is an answer, and the connection stays', async (_, frame, message) => {
    await using at = await connected({ 'sessions.clear': async () => ({ removed: 0 }) });
    at.send(frame);
    at.send(call(2, 'sessions.clear'));
    expect(await at.got(2)).toEqual(
      expect.arrayContaining([
        { t: 'error', id: 1, code: 'bad-request', message: expect.stringContaining(message) },
        { t: 'result', id: 2, value: { removed: 0 } },
      ]),
    );
  });

  it('that fails says with which code', async () => {
    await using at = await connected({
      'sessions.clear': () => Promise.reject(new SluiceError('not-found', 'Gone.')),
      'app.info': () => {
        throw new TypeError('x');
      },
    });
    at.send(call(1, 'sessions.clear'));
    at.send(call(2, 'app.info'));
    // Answers come as they are ready.
    expect((await at.got(2)).toSorted((a, b) => a.id - b.id)).toEqual([
      { t: 'error', id: 1, code: 'not-found', message: 'Gone.' },
      { t: 'error', id: 2, code: 'internal', message: 'x' },
    ]);
  });

  it('is not read while very many are being answered', async () => {
    let running = 0;
    let most = 0;
    const answers: (() => void)[] = [];
    await using at = await connected({
      'sessions.annotate': async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => answers.push(resolve));
        running -= 1;
        return {};
      },
    });
    // Long enough that they do not arrive all at once: what has arrived is still taken.
    const comment = 'x'.repeat(10_000);
    for (let id = 1; id <= 200; id += 1) at.send(call(id, 'sessions.annotate', { ids: [1], comment }));
    for (let done = 0; done < 200; done += 1) {
      await expect.poll(() => answers.length, { interval: 1 }).toBeGreaterThan(0);
      answers.shift()?.();
    }
    await at.got(200);
    expect(most).toBeGreaterThanOrEqual(64);
    expect(most).toBeLessThan(128);
  });
});

describe('a stream', () => {
  it('flows by credit: nothing is made that was not asked for', async () => {
    const { made, handler } = endless();
    await using at = await connected({ 'app.status': handler });
    at.send(open(1, 2));
    await at.got(2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(made.items).toBe(2);
    at.send({ t: 'credit', id: 1, credit: 3 });
    const items = (await at.got(5)).map((frame) =>
      frame.t === 'item' ? (frame.value as AppStatus).sessions : 0,
    );
    expect(items).toEqual([1, 2, 3, 4, 5]);
  });

  it('ends when its handler does, or fails as it does', async () => {
    await using at = await connected({
      'app.status': async function* () {
        yield STATUS;
      },
      'findings.watch': async function* () {
        yield { groups: [], total: 0, file: '', problems: [] };
        throw new SluiceError('capture-damaged', 'Broken.');
      },
    });
    at.send(open(1, 5));
    at.send(open(2, 5, 'findings.watch'));
    const frames = await at.got(4);
    expect(frames.filter(({ id }) => id === 1).map(({ t }) => t)).toEqual(['item', 'end']);
    expect(frames.filter(({ id }) => id === 2).at(-1)).toMatchObject({ t: 'error', code: 'capture-damaged' });
  });

  it.each(['is closed', 'loses its window'])('stops when it %s', async (how) => {
    const { made, handler } = endless();
    await using at = await connected({ 'app.status': handler });
    at.send(open(1, 1));
    await at.got(1);
    if (how === 'is closed') at.send({ t: 'close', id: 1 });
    else at.socket.terminate();
    await expect.poll(() => made.ended).toBe(true);
    expect(at.frames).toHaveLength(1);
  });

  it('is refused when too many are open', async () => {
    const { handler } = endless();
    await using at = await connected({ 'app.status': handler });
    for (let id = 1; id <= 65; id += 1) at.send(open(id, 1));
    const frames = await at.got(65);
    expect(frames.filter(({ t }) => t === 'error')).toMatchObject([{ id: 65, code: 'too-large' }]);
  });
});

describe('a frame that is not the contract’s ends the connection:', () => {
  it.each([
    ['text', 'hello'],
    ['no MessagePack', new Uint8Array([0xc1])],
    ['no frame', encode({ t: 'nonsense' })],
    ['a wrong id', encode({ t: 'call', id: 'x', method: 'app.info' })],
    ['no credit', encode({ t: 'open', id: 1, method: 'app.status', params: {} })],
  ])('%s', async (_, data) => {
    await using at = await connected({});
    at.socket.send(data);
    expect(await at.closed).toBe(1008);
  });

  it('an id in use', async () => {
    const { handler } = endless();
    await using at = await connected({ 'app.status': handler });
    at.send(open(1, 1));
    at.send(open(1, 1));
    expect(await at.closed).toBe(1008);
  });
});

it('credit and closing for a stream that has ended mean nothing', async () => {
  await using at = await connected({ 'sessions.clear': async () => ({ removed: 0 }) });
  at.send({ t: 'credit', id: 9, credit: 1 });
  at.send({ t: 'close', id: 9 });
  at.send(call(1, 'sessions.clear'));
  expect(await at.got(1)).toMatchObject([{ t: 'result' }]);
});
