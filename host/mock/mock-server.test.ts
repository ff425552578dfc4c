/** A capture as a server, asked by real clients. */

import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { headerValue } from '#model/headers.ts';
import { echoOrigin } from '#proxy-core/testing/echo-origin.ts';
import { http2Client, pseudo } from '#proxy-core/testing/http2-client.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { writtenCapture } from '../testing/captures.ts';
import { startMockServer } from './mock-server.ts';

const recorded = [
  makeSession({ id: 1, url: 'https://api.test/orders?page=1', responseBody: 'first' }),
  makeSession({ id: 2, url: 'https://api.test/orders?page=1', responseBody: 'second' }),
  makeSession({
    id: 3,
    url: 'https://localhost:7/zip',
    responseHeaders: [
      ['Content-Encoding', 'gzip'],
      ['Content-Type', 'text/plain'],
    ],
    responseBody: gzipSync('packed'),
  }),
];

it('answers as a proxy, over TLS and HTTP/2, and in the place of an origin; misses explain themselves', async () => {
  using capture = await writtenCapture(...recorded);
  await using server = await startMockServer({
    capture: capture.path,
    dataFolder: join(capture.folder, 'data'),
    port: 0,
    reverse: [{ origin: 'https://api.test', port: 0 }],
  });
  expect(server.answers).toBe(3);
  const { engine, authority } = server;
  const ca = authority.certificatePem;
  const ask = (url: string) => viaProxy({ proxyPort: engine.address.port, url, ca });
  const texts = [];
  for (let i = 0; i < 3; i += 1) texts.push(String((await ask('https://api.test/orders?page=1')).body));
  expect(texts).toEqual(['first', 'second', 'second']);
  const miss = await ask('http://api.test/none');
  expect([miss.status, headerValue(miss.headers, 'x-sluice-mock')]).toEqual([404, 'miss']);
  expect(String(miss.body)).toMatch(/Nothing like GET http:\/\/api\.test\/none was recorded/);
  {
    await using client = await http2Client(engine.address.port, 7, ca);
    const zipped = await client.request(pseudo(7, '/zip'));
    expect([zipped.status, headerValue(zipped.headers, 'content-encoding'), zipped.body]).toEqual([
      200,
      'gzip',
      gzipSync('packed'),
    ]);
  }
  const port = engine.reverse[0]?.port;
  const plain = await fetch(`http://127.0.0.1:${port}/orders?page=2`);
  expect([plain.status, await plain.text(), plain.headers.get('x-sluice-mock')]).toEqual([
    200,
    'first',
    'session 1',
  ]);
});

it('lets what was not recorded go on where that was asked for', async () => {
  using capture = await writtenCapture(...recorded);
  await using origin = await echoOrigin();
  await using server = await startMockServer({
    capture: capture.path,
    dataFolder: join(capture.folder, 'data'),
    port: 0,
    pass: true,
  });
  const { status } = await viaProxy({ proxyPort: server.engine.address.port, url: `${origin.url}/x` });
  expect([status, origin.received.length]).toEqual([200, 1]);
});

it('a capture without answers is refused', async () => {
  using capture = await writtenCapture(...recorded);
  const start = startMockServer({
    capture: capture.path,
    filter: 'host:none',
    dataFolder: capture.folder,
    port: 0,
  });
  await expect(start).rejects.toMatchObject({ code: 'not-found' });
});
