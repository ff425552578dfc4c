/** HAR in and out of the real host: jobs as a window uses them, and uploads that fail half-way. */
import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHost } from '#host/create-host.ts';
import type { Host } from '#host/host-options.ts';
import { connectRpc, type RpcClient, splitAddress } from '#host/rpc/client.ts';
import { temporaryFolder } from '#store/testing.ts';

const folder = temporaryFolder();
let host: Host;
let rpc: RpcClient;
let origin = '';
let headers: Record<string, string> = {};

beforeAll(async () => {
  host = await createHost({ dataFolder: folder.path, port: 0 });
  rpc = await connectRpc(host.uiAddress);
  const address = splitAddress(host.uiAddress);
  origin = address.origin;
  headers = { authorization: `Bearer ${address.token}`, connection: 'close' };
});
afterAll(async () => {
  await rpc.close();
  await host.close();
  folder[Symbol.dispose]();
});

const entry = (path: string) => ({
  startedDateTime: '2026-11-24T08:00:00.000Z',
  time: 3,
  request: {
    method: 'GET',
    url: `https://api.acme.test${path}`,
    httpVersion: 'HTTP/1.1',
    headers: [],
    cookies: [],
    queryString: [],
    headersSize: -1,
    bodySize: 0,
  },
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: 'HTTP/1.1',
    headers: [],
    cookies: [],
    content: { size: 0, mimeType: 'text/plain' },
    redirectURL: '',
    headersSize: -1,
    bodySize: 0,
  },
  cache: {},
  timings: { send: 1, wait: 1, receive: 1 },
});
const har = (...entries: unknown[]) =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 't', version: '1' }, entries } });

type Body = NonNullable<RequestInit['body']>;
const upload = (body: Body, more: RequestInit & { duplex?: 'half' } = {}) =>
  fetch(`${origin}/api/import/har`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
    ...more,
  });
const download = (query: string, method = 'GET') =>
  fetch(`${origin}/api/export/har?${query}`, { headers, method });

describe('import and export', () => {
  it('gives back by a job what was uploaded, under the name asked for', async () => {
    const answer = await upload(har(entry('/one'), entry('/two')));
    expect(await answer.json()).toEqual({ imported: 2 });

    const { id, total } = await rpc.call('exports.start', { filter: 'path=/two' });
    expect(total).toBe(1);
    // Asking for the head does not use the job up.
    expect((await download(`job=${id}`, 'HEAD')).status).toBe(200);
    const file = await download(`job=${id}&download=two.har`);
    expect(file.headers.get('content-disposition')).toContain('two.har');
    const { log } = (await file.json()) as { log: { entries: { request: { url: string } }[] } };
    expect(log.entries.map(({ request }) => request.url)).toEqual(['https://api.acme.test/two']);
    let last: unknown;
    for await (const progress of rpc.open('exports.watch', { id })) last = progress;
    expect(last).toEqual({ state: 'done', written: 1, total: 1 });

    const again = await download(`job=${id}`);
    expect(again.status).toBe(404);
    expect(await again.json()).toMatchObject({ code: 'not-found' });
  });

  it('still exports by filter and by ids, for programs', async () => {
    expect((await download('filter=path%3D/one')).status).toBe(200);
    expect((await download('ids=1')).status).toBe(200);
    expect((await download('ids=0,x')).status).toBe(400);
  });

  it('reads an upload to its end before it says what is wrong with it', async () => {
    const path = join(folder.path, 'large.har');
    // A fault at the start of far more than any socket buffers.
    writeFileSync(path, har(entry('/kept'), { request: 7 }, { padding: 'x'.repeat(30_000_000) }));
    const answer = await upload(createReadStream(path) as unknown as Body, { duplex: 'half' });
    expect(answer.status).toBe(400);
    const { code, message } = (await answer.json()) as { code: string; message: string };
    expect(code).toBe('bad-har');
    expect(message).toMatch(/^Entry 2 /);
    const { ids } = await rpc.call('sessions.ids', {
      filter: 'path=/kept',
      order: { by: 'id', descending: false },
      offset: 0,
      limit: 10,
    });
    expect(ids).toHaveLength(1);
  });

  it.each(['', 'no JSON', '{"log":{}}', '[]'])('refuses what is no HAR with a sentence: %j', async (text) => {
    const answer = await upload(text);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'bad-har' });
  });

  it('outlives an upload that is broken off', async () => {
    const stop = new AbortController();
    const endless = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"log":{"entries":[')),
    });
    const sending = upload(endless as unknown as Body, {
      duplex: 'half',
      signal: stop.signal,
    });
    stop.abort();
    await expect(sending).rejects.toThrow();
    expect(await (await upload(har(entry('/after')))).json()).toEqual({ imported: 1 });
  });
});

describe('preferences', () => {
  it('reach every window', async () => {
    const items = rpc.open('preferences.watch', {});
    expect((await items.next()).value).toEqual({});
    await rpc.call('preferences.set', { name: 'theme', value: 'light' });
    expect((await items.next()).value).toEqual({ theme: 'light' });
    await items.return(undefined);
    await expect(rpc.call('preferences.set', { name: 'No name', value: '' })).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});
