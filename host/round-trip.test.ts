/**
 * A capture of real traffic (TLS, HTTP/2, chunks and trailers, content codings, events, WebSocket, failures), made through the proxy, goes
 * out as a file and comes in again: every session equal, but for what the loss report names.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { exportFormat } from '#formats/all-formats.ts';
import type { FullSession } from '#model/session.ts';
import { CertificateLab } from '#proxy-core/testing/certificate-lab.ts';
import { http2Client, pseudo } from '#proxy-core/testing/http2-client.ts';
import { http2Origin } from '#proxy-core/testing/http2-origin.ts';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { rawTunnelClient, tunnelSocket } from '#proxy-core/testing/raw-client.ts';
import { webSocketOrigin } from '#proxy-core/testing/websocket-origin.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { openCapture } from '#store/open-capture.ts';
import { fullSession } from './bodies.ts';
import { exportFile } from './export-sessions.ts';
import { filterOf } from './filter-text.ts';
import { allIds } from './har-transfer.ts';
import { importSessions } from './import-sessions.ts';
import { streamSource } from './import-source.ts';
import { exportSource } from './redaction/export-source.ts';
import { openTestCapture } from './testing/captures.ts';
import { runningHost } from './testing/running-host.ts';

const BINARY = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256);

const stack = new AsyncDisposableStack();
let store: CaptureStore;

/** Makes the traffic and answers the capture, closed. */
async function traffic(): Promise<string> {
  const lab = stack.use(await CertificateLab.open());
  const root = await lab.authority('Test root');
  const tls = await lab.issue({ issuer: root });
  const origin = stack.use(
    await httpOrigin(
      (request, response) => {
        const [path] = (request.url ?? '').split('?');
        if (path === '/gzip') {
          response.writeHead(200, {
            'Content-Type': 'text/html; charset=iso-8859-1',
            'Content-Encoding': 'gzip',
          });
          response.end(zlib.gzipSync(Buffer.from('caf\xe9 '.repeat(500), 'latin1')));
        } else if (path === '/chunks') {
          response.writeHead(200, { Trailer: 'X-Sum', 'Content-Type': 'application/octet-stream' });
          response.write(BINARY.subarray(0, 3000));
          response.addTrailers({ 'X-Sum': '42' });
          response.end(BINARY.subarray(3000));
        } else if (path === '/events') {
          response.writeHead(200, { 'Content-Type': 'text/event-stream' });
          response.end('event: stock\nid: 7\ndata: {"left":3}\n\ndata: sold out\n\n');
        } else if (path === '/broken') {
          response.writeHead(200, { 'Content-Length': 100 });
          response.write('only this');
          setImmediate(() => response.destroy());
        } else {
          request.resume().on('end', () => response.writeHead(204, { 'Set-Cookie': ['a=1', 'b=2'] }).end());
        }
      },
      { tls },
    ),
  );
  const two = stack.use(
    await http2Origin(tls, (stream) => {
      stream.additionalHeaders({ ':status': 103, link: '</a.css>' });
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(Buffer.from([0, 1, 2, 255]));
    }),
  );
  const sockets = stack.use(await webSocketOrigin());
  const host = stack.use(await runningHost([], { upstreamCaFiles: [`${root.file}.pem`] }));
  const { proxyPort } = host;
  const ca = readFileSync(host.host.caFile, 'utf8');
  for (const path of ['/gzip', '/chunks', '/events', '/broken']) {
    await viaProxy({ proxyPort, ca, url: `${origin.url}${path}?q=%7Bx%7D&a=1&a=2` }).catch(() => undefined);
  }
  await viaProxy({ proxyPort, ca, url: `${origin.url}/post`, method: 'POST', body: BINARY });
  await viaProxy({ proxyPort, url: 'http://127.0.0.1:1/refused' }).catch(() => undefined);
  {
    const through = { authority: `localhost:${origin.port}`, ca, serverName: 'localhost' };
    await using raw = await rawTunnelClient(proxyPort, through);
    raw.write(
      `PUT /odd HTTP/1.1\r\nhost:localhost:${origin.port}\r\nX-Odd:  \xe9 \r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    raw.write('3;ext=1\r\nabc\r\n0\r\nX-Trailer: t\r\n\r\n');
    await raw.until(/204 No Content/);
  }
  {
    await using client = await http2Client(proxyPort, two.port, ca);
    await client.request(pseudo(two.port, '/grpc', 'POST'), 'question');
  }
  const socket = await tunnelSocket(proxyPort, { authority: `127.0.0.1:${sockets.port}` });
  const live = new WebSocket(`ws://127.0.0.1:${sockets.port}/live`, { createConnection: () => socket });
  await once(live, 'open');
  for (const message of ['gr\u00fc\u00dfe', BINARY, 'x'.repeat(3000)]) {
    live.send(message);
    await once(live, 'message');
  }
  live.send('close');
  await once(live, 'close');
  await host.host[Symbol.asyncDispose]();
  return host.host.capture;
}

beforeAll(async () => {
  store = stack.use(await openCapture(await traffic(), 'read'));
}, 120_000);
afterAll(() => stack.disposeAsync());

/** All sessions, without what an import is not to keep: ids, where they came from, what checks found. */
async function all(from: CaptureStore): Promise<FullSession[]> {
  const ids = await allIds(from, filterOf(''));
  const sessions = await Promise.all(ids.map((id) => fullSession(from, id)));
  return sessions.map((full) => {
    const { id: _, source: __, findings: ___, severity: ____, ...row } = full.session.row;
    return { ...full, session: { ...full.session, row: { ...row, id: 1, source: 'proxy', findings: 0 } } };
  });
}

async function andBack(format: string) {
  const ids = await allIds(store, filterOf(''));
  const file = exportFile(exportSource(store, ids, 'off').sessions, exportFormat(format));
  await using source = await streamSource('', Readable.from(file.pieces, { objectMode: false }));
  await using to = await openTestCapture();
  let last = 0;
  const result = await importSessions(to.store, source, () => {
    last += 1;
    return last;
  });
  await to.store.flush();
  return { back: await all(to.store), exported: file.losses(), imported: result.losses };
}

/** Without what a SAZ has no place for. */
function inSaz({ session, messages, ...bodies }: FullSession): FullSession {
  const kept = session.row.kind === 'websocket' ? messages : [];
  const framed = kept.map(
    ({ fragments: _, wireSize: __, compressed: ___, flaw: ____, ...message }) => message,
  );
  return { ...bodies, session: { ...session, messageCount: kept.length }, messages: framed };
}

describe('real traffic', () => {
  it('is of every kind', async () => {
    const sessions = await all(store);
    const kinds = sessions.map(({ session: { row } }) => row.kind);
    expect(kinds).toContain('websocket');
    expect(sessions.map(({ session: { row } }) => row.httpVersion)).toContain('HTTP/2.0');
    expect(sessions.map(({ session: { row } }) => row.state)).toEqual(
      expect.arrayContaining(['completed', 'failed', 'server-aborted']),
    );
    expect(sessions.some(({ session }) => session.informational.length > 0)).toBe(true);
    expect(sessions.some(({ session }) => (session.response?.trailers.length ?? 0) > 0)).toBe(true);
    expect(sessions.some(({ session }) => session.request.chunkExtensions !== undefined)).toBe(true);
    expect(sessions.some(({ session }) => session.request.head.raw !== undefined)).toBe(true);
    expect(sessions.some(({ messages }) => messages.some(({ compressed }) => compressed))).toBe(true);
    expect(sessions.some(({ messages }) => messages.some(({ event }) => event))).toBe(true);
  });

  it('comes back from a HAR equal, and nothing is lost', async () => {
    const { back, exported, imported } = await andBack('har');
    expect(back).toEqual(await all(store));
    expect([exported.counts, imported.counts]).toEqual([[], []]);
  });

  it('comes back from a SAZ equal, but for what the report names', async () => {
    const { back, exported, imported } = await andBack('saz');
    const was = await all(store);
    expect(back).toEqual(was.map(inSaz));
    expect(imported.counts).toEqual([]);
    expect(exported.counts.map(({ what }) => what).sort()).toEqual([
      'how a WebSocket message was framed',
      'when each server-sent event came',
    ]);
    expect(exported.lossy).toBe(2);
  });
});
