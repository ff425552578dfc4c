import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { SluiceError } from '#model/errors.ts';
import { temporaryFolder } from '../testing/captures.ts';
import { createAccess } from './access.ts';
import { answerJson } from './answer.ts';
import { type LoopbackServer, type LoopbackServerOptions, startLoopbackServer } from './loopback-server.ts';
import { openStaticFiles } from './static-files.ts';

const access = createAccess();
let server: LoopbackServer;

const start = async (change: Partial<LoopbackServerOptions> = {}) => {
  using folder = temporaryFolder();
  return startLoopbackServer({
    port: 0,
    access,
    files: await openStaticFiles(folder.path),
    routes: {
      'GET /api/echo/': async (_, response, url) =>
        answerJson(response, 200, { path: url.pathname, q: url.searchParams.get('q') }),
      'GET /api/fail': () => Promise.reject(new SluiceError('too-large', 'Too much.')),
      'POST /api/echo/': async (_, response) => answerJson(response, 200, 'posted'),
    },
    onConnection: (socket) => socket.send('hello'),
    ...change,
  });
};

beforeAll(async () => {
  server = await start();
});
afterAll(() => server[Symbol.asyncDispose]());

const url = (path: string) => `http://127.0.0.1:${server.port}${path}`;
const bearer = () => ({ Authorization: `Bearer ${access.token}` });

describe('a route', () => {
  it('answers what begins with its name, with the rest', async () => {
    const response = await fetch(url('/api/echo/a/b?q=1'), { headers: bearer() });
    expect(await response.json()).toEqual({ path: '/api/echo/a/b', q: '1' });
    expect((await fetch(url('/api/echo/'), { method: 'HEAD', headers: bearer() })).status).toBe(200);
  });

  it('is another for another method', async () => {
    const headers = { ...bearer(), 'Content-Type': 'application/json' };
    expect(await (await fetch(url('/api/echo/'), { method: 'POST', headers, body: '1' })).json()).toBe(
      'posted',
    );
  });

  it('that fails answers with the code', async () => {
    const response = await fetch(url('/api/fail'), { headers: bearer() });
    expect([response.status, await response.json()]).toEqual([
      413,
      { code: 'too-large', message: 'Too much.' },
    ]);
  });

  it('that is not there is an error; the page without one says how to build it', async () => {
    expect((await fetch(url('/api/none'), { headers: bearer() })).status).toBe(404);
    expect((await fetch(url('/none'))).status).toBe(404);
    expect((await fetch(url('/'))).status).toBe(503);
  });

  it('C3: is for who has a proof', async () => {
    expect((await fetch(url('/api/echo/a'))).status).toBe(401);
  });
});

describe('the exchange of the token', () => {
  const exchange = (body: string) =>
    fetch(url('/session'), {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', Origin: url('') },
    });

  it('C2: gives a cookie that opens everything', async () => {
    const response = await exchange(JSON.stringify({ token: access.token }));
    expect(response.status).toBe(204);
    const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
    expect((await fetch(url('/api/echo/a'), { headers: { Cookie: cookie } })).status).toBe(200);
  });

  it('C2: takes a ticket once', async () => {
    const address = server.newWindowAddress();
    const token = address.split('#token=')[1];
    expect(address.startsWith(url('/#token='))).toBe(true);
    expect((await exchange(JSON.stringify({ token }))).status).toBe(204);
    expect((await exchange(JSON.stringify({ token }))).status).toBe(403);
  });

  it.each([
    ['{"token":"wrong"}', 403],
    ['{"token":1}', 403],
    ['{}', 403],
    ['hello', 400],
    [`{"token":"${'x'.repeat(5000)}"}`, 413],
  ])('C2: refuses %.20s with %d', async (body, status) => {
    const response = await exchange(body);
    expect(response.status).toBe(status);
    expect(response.headers.get('set-cookie')).toBeNull();
  });
});

describe('the WebSocket', () => {
  const socket = (path: string, headers: Record<string, string>) =>
    new WebSocket(url(path).replace('http', 'ws'), { headers });

  it('is for who has a proof', async () => {
    const open = socket('/rpc', bearer());
    const [data] = await once(open, 'message');
    expect(String(data)).toBe('hello');
    open.close();
    await once(open, 'close');
  });

  it.each([
    ['C1: of another page', '/rpc', { Origin: 'http://evil.example' }, 403, true],
    ['C3: without a proof', '/rpc', {}, 403, false],
    ['at another place', '/other', {}, 404, true],
  ] as const)('%s is refused', async (_, path, headers, status, proven) => {
    const refused = socket(path, { ...(proven ? bearer() : {}), ...headers });
    const [, response] = await once(refused, 'unexpected-response');
    expect(response.statusCode).toBe(status);
    refused.on('error', () => {});
    refused.terminate();
  });
});

describe('the listener', () => {
  it('P1: is on loopback alone', async () => {
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
  });

  it('says when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expect(start({ port })).rejects.toMatchObject({
      code: 'port-in-use',
      message: expect.stringContaining('--ui-port'),
    });
    other.close();
    await once(other, 'close');
  });

  it('ends every connection when it ends', async () => {
    const ending = await start();
    const open = new WebSocket(`ws://127.0.0.1:${ending.port}/rpc`, { headers: bearer() });
    open.on('error', () => {});
    await once(open, 'message');
    const idle = connect(ending.port, '127.0.0.1');
    await once(idle, 'connect');
    const closed = Promise.all([once(open, 'close'), once(idle.resume(), 'close')]);
    await ending[Symbol.asyncDispose]();
    await closed;
  });
});
