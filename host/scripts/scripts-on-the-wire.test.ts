/** Scripts of the command line, with real clients and origins: HTTPS in both versions, WebSockets, failures, the workbench's questions. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { headerValue } from '#model/headers.ts';
import type { SessionRow } from '#model/session.ts';
import { CertificateLab } from '#proxy-core/testing/certificate-lab.ts';
import { echoOrigin } from '#proxy-core/testing/echo-origin.ts';
import { http2Client, pseudo } from '#proxy-core/testing/http2-client.ts';
import { http2Origin } from '#proxy-core/testing/http2-origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { tunnelSocket } from '#proxy-core/testing/raw-client.ts';
import { until } from '#proxy-core/testing/until.ts';
import { webSocketOrigin } from '#proxy-core/testing/websocket-origin.ts';
import type { RpcClient } from '../rpc/client.ts';
import { temporaryFolder } from '../testing/captures.ts';
import { firstItem, runningHost } from '../testing/running-host.ts';

const EDITS = `
import type { Message, Request, Response, SentRequest, Session } from 'sluice';
export const filter = 'path:/api';
export async function request(request: Request): Promise<void> {
  request.headers.set('X-Script', 'yes');
  request.query.set('n', 2);
  if (request.path === '/api/answer') request.answer({ status: 203, body: { made: 'up' } });
  if (request.path === '/api/drop') request.drop();
  if (request.method === 'POST') request.setText((await request.text()).toUpperCase());
}
export async function response(response: Response, request: SentRequest): Promise<void> {
  if (!response.headers.get('content-type')?.includes('json')) return;
  const body = await response.json();
  response.setJson({ ...body, by: request.headers.get('x-script') });
  response.status = 299;
  response.mark(4);
  console.log('edited', request.path);
}
export function message(message: Message): void {
  if (message.text === 'drop') message.drop();
  else if (message.text !== undefined) message.text = \`\${message.direction} \${message.text}\`;
  else if (message.bytes) message.bytes[0] = 9;
}
export function finished(session: Session): void {
  session.comment(\`\${session.method} \${session.status} \${session.response?.headers.get('content-type')}\`);
}
export const columns = { By: async (session: Session) => (await session.response?.json())?.by };
export const views = { Upper: async (body: Response) => (await body.text()).toUpperCase() };
`;

const THROWS =
  '\nexport const filter = "path:/throws";\nexport function request(r) {\n  r.headers.set("X-A", "1");\n  null.oops;\n}\n';
const SLOW = 'export const filter = "path:/slow"; export function request() { for (;;); }';
const WATCHES =
  'export const filter = "path:/watched"; export function finished(s) { console.log(s.method, s.path) }';

/** One host for all: each script is for paths of its own. */
async function start() {
  await using stack = new AsyncDisposableStack();
  const lab = stack.use(await CertificateLab.open());
  const root = await lab.authority('Test Root');
  const leaf = await lab.issue({ issuer: root });
  const folder = stack.use(temporaryFolder()).path;
  const named = { 'edits.ts': EDITS, 'throws.js': THROWS, 'slow.js': SLOW, 'watches.js': WATCHES };
  const scripts = Object.entries(named).map(([name, source]) => {
    writeFileSync(join(folder, name), source);
    return join(folder, name);
  });
  const lines: string[] = [];
  const { host, client, proxyPort } = stack.use(
    await runningHost([], {
      scripts,
      scriptSaid: (name, text) => lines.push(`${name}: ${text}`),
      upstreamCaFiles: [`${root.file}.pem`],
    }),
  );
  const echo = stack.use(await echoOrigin({ tls: leaf }));
  const ca = readFileSync(host.caFile, 'utf8');
  const parts = stack.move();
  return {
    host,
    client,
    leaf,
    ca,
    folder,
    lines,
    proxyPort,
    echo,
    ask: (path: string, more: object = {}) => viaProxy({ proxyPort, url: `${echo.url}${path}`, ca, ...more }),
    script: (name: string) => host.scripts.state().find((one) => one.name === name),
    sessions: (path: string, passes: (row: SessionRow) => boolean = ({ state }) => state !== 'active') =>
      sessionsOf(client, path, passes),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** Whole sessions of a path, once all of them pass. */
async function sessionsOf(client: RpcClient, path: string, passes: (row: SessionRow) => boolean) {
  const order = { by: 'id', descending: false } as const;
  const { ids } = await client.call('sessions.ids', { filter: `path:${path}`, order, offset: 0, limit: 100 });
  return Promise.all(
    ids.map((id) => firstItem(client.open('sessions.get', { id }), ({ row }) => passes(row))),
  );
}

let at: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  at = await start();
});
afterAll(() => at?.[Symbol.asyncDispose]());

it('edits requests and answers of HTTPS over HTTP/1.1, and tells of it', async () => {
  const edited = await at.ask('/api/x?n=1');
  expect(edited.status).toBe(299);
  expect(JSON.parse(edited.body.toString())).toMatchObject({ target: '/api/x?n=2', by: 'yes' });
  expect(headerValue(edited.headers, 'content-length')).toBe(String(edited.body.length));
  // Answered in the origin's place, and that answer seen by the response hook.
  const made = await at.ask('/api/answer');
  expect([made.status, made.body.toString()]).toEqual([299, '{"made":"up"}']);
  await expect(at.ask('/api/drop')).rejects.toThrow();
  await at.ask('/api/post', { method: 'POST', body: 'straße' });
  expect(at.echo.received.at(-1)).toMatchObject({ bodySize: Buffer.byteLength('STRASSE') });

  const [session] = await at.sessions('/api/x', ({ mark, comment }) => mark === 4 && comment !== undefined);
  expect(session?.row.comment).toBe('GET 200 application/json');
  expect(session?.touches?.map(({ rule, changes }) => [rule, changes.map(({ part }) => part)])).toEqual([
    ['script edits.ts', ['request URL', 'request header X-Script']],
    ['script edits.ts', ['response status', 'response body']],
  ]);
  expect(at.lines).toContain('edits.ts: edited /api/x');
  const { values } = await at.client.call('scripts.values', { id: session?.row.id ?? 0 });
  expect(values).toMatchObject([
    { name: 'Upper', side: 'response', text: expect.stringContaining('"TARGET"') },
  ]);
  expect(at.script('edits.ts')).toMatchObject({ on: true, fixed: true, columns: ['By'], views: ['Upper'] });
});

it('leaves alone what the scripts are not for', async () => {
  const plain = await at.ask('/other');
  expect(JSON.parse(plain.body.toString()).headers).not.toContainEqual(['X-Script', 'yes']);
  const asked = {
    head: { method: 'GET', target: '/', httpVersion: 'HTTP/1.1', headers: [] as [string, string][] },
    kind: 'http',
    bodySize: 0,
  } as const;
  expect(at.host.interception.book?.plan({ ...asked, url: 'https://a/other', host: 'a' })).toBeUndefined();
  // It takes part in nothing on the wire.
  expect(at.host.interception.book?.plan({ ...asked, url: 'https://a/watched', host: 'a' })).toBeUndefined();
  await at.ask('/watched');
  await until(
    () => at.lines.includes('watches.js: GET /watched'),
    () => at.lines.join(),
  );
});

it('edits HTTP/2, and bodies under a coding', async () => {
  await using origin = await http2Origin(at.leaf, (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/json', 'content-encoding': 'gzip' });
    stream.end(gzipSync('{"a":1}'));
  });
  await using client = await http2Client(at.proxyPort, origin.port, at.ca);
  const answers = await Promise.all(
    [1, 2, 3].map((n) => client.request(pseudo(origin.port, `/api/${n}`, 'POST'), `hello ${n}`)),
  );
  for (const { status, body } of answers) {
    expect([status, JSON.parse(gunzipSync(body).toString())]).toEqual([299, { a: 1, by: 'yes' }]);
  }
  const bodies = origin.received.map(({ body }) => body.toString());
  expect(bodies.toSorted()).toEqual(['HELLO 1', 'HELLO 2', 'HELLO 3']);
  expect(origin.received[0]?.headers).toContainEqual(['x-script', 'yes']);
});

it('has every message of a WebSocket, both ways', async () => {
  await using origin = await webSocketOrigin({ tls: at.leaf });
  const through = { authority: `localhost:${origin.port}`, ca: at.ca, serverName: 'localhost' };
  const socket = await tunnelSocket(at.proxyPort, through);
  const url = `ws://localhost:${origin.port}/api/chat`;
  const client = new WebSocket(url, { createConnection: () => socket });
  const got: string[] = [];
  client.on('message', (data: Buffer, isBinary) =>
    got.push(isBinary ? data.toString('hex') : data.toString()),
  );
  await new Promise((resolve) => client.once('open', resolve));
  for (const text of ['a', 'drop', 'b']) client.send(text);
  client.send(Buffer.from([1, 2]));
  await until(
    () => got.length === 3,
    () => got.join(),
  );
  expect(got).toEqual(['received sent a', 'received sent b', '0902']);
  client.terminate();
});

it('a hook that throws goes off with its line, and traffic goes on unchanged', async () => {
  const answers = await Promise.all([at.ask('/throws'), at.ask('/throws'), at.ask('/throws')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  for (const { headers } of at.echo.received) expect(headers).not.toContainEqual(['X-A', '1']);
  expect(at.script('throws.js')).toMatchObject({
    on: false,
    problem: { line: 5, message: expect.stringMatching(/^TypeError: /) },
  });
  const sessions = await at.sessions('/throws');
  const problems = sessions.flatMap(({ touches = [] }) => touches.map(({ problem }) => problem));
  expect(problems).toContainEqual(expect.stringMatching(/^throws\.js:5: TypeError/));

  // Saved without the fault it runs again.
  writeFileSync(join(at.folder, 'throws.js'), THROWS.replace('null.oops;', ''));
  await until(
    () => at.script('throws.js')?.on === true && at.script('throws.js')?.loading === false,
    () => at.lines.join(),
  );
  await at.ask('/throws');
  expect(at.echo.received.at(-1)?.headers).toContainEqual(['X-A', '1']);
});

it('a hook that does not end goes off in time, and holds nothing else up', async () => {
  const slow = at.ask('/slow');
  const other = await at.ask('/b');
  expect([other.status, (await slow).status]).toEqual([200, 200]);
  expect(at.script('slow.js')).toMatchObject({
    on: false,
    problem: { message: expect.stringMatching(/processor time/) },
  });
  expect(at.script('edits.ts')?.on).toBe(true);
});
