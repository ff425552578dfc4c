/** Scripts of the command line, with real clients and origins: HTTPS in both versions, WebSockets, failures, the workbench's questions. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { headerValue } from '#model/headers.ts';
import { CertificateLab, type Issued } from '#proxy-core/testing/certificate-lab.ts';
import { echoOrigin } from '#proxy-core/testing/echo-origin.ts';
import { http2Client, pseudo } from '#proxy-core/testing/http2-client.ts';
import { http2Origin } from '#proxy-core/testing/http2-origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { tunnelSocket } from '#proxy-core/testing/raw-client.ts';
import { until } from '#proxy-core/testing/until.ts';
import { webSocketOrigin } from '#proxy-core/testing/websocket-origin.ts';
import { temporaryFolder } from '../testing/captures.ts';
import { firstItem, runningHost } from '../testing/running-host.ts';

let lab: CertificateLab;
let root: Issued;
let leaf: Issued;
beforeAll(async () => {
  lab = await CertificateLab.open();
  root = await lab.authority('Test Root');
  leaf = await lab.issue({ issuer: root });
});
afterAll(() => lab[Symbol.asyncDispose]());

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

async function scripted(source: string) {
  const files = temporaryFolder();
  const file = join(files.path, 'edits.ts');
  writeFileSync(file, source);
  const lines: string[] = [];
  const at = await runningHost([], {
    scripts: [file],
    scriptSaid: (name, text) => lines.push(`${name}: ${text}`),
    upstreamCaFiles: [`${root.file}.pem`],
  });
  return {
    ...at,
    file,
    lines,
    ca: readFileSync(at.host.caFile, 'utf8'),
    state: async () => at.host.scripts.state()[0],
    [Symbol.asyncDispose]: async () => {
      await at[Symbol.asyncDispose]();
      files[Symbol.dispose]();
    },
  };
}

it('edits requests and answers of HTTPS over HTTP/1.1, and tells of it', async () => {
  await using at = await scripted(EDITS);
  await using origin = await echoOrigin({ tls: leaf });
  const ask = (path: string, more: object = {}) =>
    viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}${path}`, ca: at.ca, ...more });
  const edited = await ask('/api/x?n=1');
  expect(edited.status).toBe(299);
  expect(JSON.parse(edited.body.toString())).toMatchObject({ target: '/api/x?n=2', by: 'yes' });
  expect(headerValue(edited.headers, 'content-length')).toBe(String(edited.body.length));

  // Answered in the origin's place, and that answer seen by the response hook.
  const made = await ask('/api/answer');
  expect([made.status, made.body.toString()]).toEqual([299, '{"made":"up"}']);
  await expect(ask('/api/drop')).rejects.toThrow();
  await ask('/api/post', { method: 'POST', body: 'straße' });
  expect(origin.received.at(-1)).toMatchObject({ bodySize: Buffer.byteLength('STRASSE') });

  const plain = await ask('/other');
  expect(plain.status).toBe(200);
  expect(JSON.parse(plain.body.toString()).headers).not.toContainEqual(['X-Script', 'yes']);

  const session = await firstItem(
    at.client.open('sessions.get', { id: 1 }),
    ({ row }) => row.mark === 4 && row.comment !== undefined,
  );
  expect(session.row.comment).toBe('GET 200 application/json');
  expect(session.touches?.map(({ rule, changes }) => [rule, changes.map(({ part }) => part)])).toEqual([
    ['script edits.ts', ['request URL', 'request header X-Script']],
    ['script edits.ts', ['response status', 'response body']],
  ]);
  expect(at.lines).toContain('edits.ts: edited /api/x');
  const { values } = await at.client.call('scripts.values', { id: 1 });
  expect(values).toMatchObject([
    { name: 'Upper', side: 'response', text: expect.stringContaining('"TARGET"') },
  ]);
  expect(await at.state()).toMatchObject({ on: true, fixed: true, columns: ['By'], views: ['Upper'] });
});

it('edits HTTP/2, and bodies under a coding', async () => {
  await using at = await scripted(EDITS);
  await using origin = await http2Origin(leaf, (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/json', 'content-encoding': 'gzip' });
    stream.end(gzipSync('{"a":1}'));
  });
  await using client = await http2Client(at.proxyPort, origin.port, at.ca);
  const answers = await Promise.all(
    [1, 2, 3].map((n) => client.request(pseudo(origin.port, `/api/${n}`, 'POST'), `hello ${n}`)),
  );
  for (const answer of answers) expect(answer.status).toBe(299);
  expect(origin.received.map(({ body }) => body.toString()).toSorted()).toEqual([
    'HELLO 1',
    'HELLO 2',
    'HELLO 3',
  ]);
  expect(origin.received[0]?.headers).toContainEqual(['x-script', 'yes']);
});

it('has every message of a WebSocket, both ways', async () => {
  await using at = await scripted(EDITS);
  await using origin = await webSocketOrigin({ tls: leaf });
  const socket = await tunnelSocket(at.proxyPort, {
    authority: `localhost:${origin.port}`,
    ca: at.ca,
    serverName: 'localhost',
  });
  const client = new WebSocket(`ws://localhost:${origin.port}/api/chat`, { createConnection: () => socket });
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
  await using at = await scripted(
    '\nexport function request(r) {\n  r.headers.set("X-A", "1");\n  null.oops;\n}\n',
  );
  await using origin = await echoOrigin({ tls: leaf });
  const ask = () => viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/`, ca: at.ca });
  const answers = await Promise.all([ask(), ask(), ask()]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  for (const { headers } of origin.received) expect(headers).not.toContainEqual(['X-A', '1']);
  expect(await at.state()).toMatchObject({
    on: false,
    problem: { line: 4, message: expect.stringMatching(/^TypeError: /) },
  });
  const sessions = await Promise.all(
    [1, 2, 3].map((id) =>
      firstItem(at.client.open('sessions.get', { id }), ({ row }) => row.state !== 'active'),
    ),
  );
  const problems = sessions.flatMap(({ touches = [] }) => touches.map(({ problem }) => problem));
  expect(problems).toContainEqual(expect.stringMatching(/^edits\.ts:4: TypeError/));
  expect(at.host.interception.book).toBeUndefined();

  // Saved without the fault it runs again.
  writeFileSync(at.file, 'export function request(r) { r.headers.set("X-A", "2"); }\n');
  await until(
    () => at.host.interception.book !== undefined,
    () => at.lines.join(),
  );
  await ask();
  expect(origin.received.at(-1)?.headers).toContainEqual(['X-A', '2']);
});

it('a hook that does not end goes off in time, and holds nothing else up', async () => {
  await using at = await scripted('export function request(r) { if (r.path === "/slow") for (;;); }');
  await using origin = await echoOrigin({ tls: leaf });
  const ask = (path: string) => viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}${path}`, ca: at.ca });
  const answers = await Promise.all([ask('/slow'), ask('/b'), ask('/c')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await at.state()).toMatchObject({
    on: false,
    problem: { message: expect.stringMatching(/processor time/) },
  });
});

it('what takes part in nothing on the wire costs nothing there', async () => {
  await using at = await scripted('export function finished(s) { console.log(s.method, s.url) }');
  await using origin = await echoOrigin({ tls: leaf });
  expect(at.host.interception.book).toBeUndefined();
  await viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/x`, ca: at.ca });
  await until(
    () => at.lines.length > 0,
    () => '',
  );
  expect(at.lines).toEqual([`edits.ts: GET ${origin.url}/x`]);
});

it('a script that cannot be loaded is refused at the start, by line', async () => {
  await expect(scripted('\nexport const x: = 1;')).rejects.toMatchObject({
    code: 'bad-script',
    message: expect.stringMatching(/edits\.ts:2: SyntaxError/),
  });
});
