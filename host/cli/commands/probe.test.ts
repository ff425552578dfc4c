/** `sluice probe` against a real server with the fault and without it: recorded through the real proxy, sent by the real engine. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Origin } from '#proxy-core/testing/origin.ts';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { createHost } from '../../create-host.ts';
import { inCapture, temporaryFolder } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

const TOKEN = 'q8ZrT2mVbX5nK7wLp3Hd';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly at: number;
}

/** An API whose /orders asks for the token and whose /invoices forgot to. */
async function api(): Promise<Origin & { readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const origin = await httpOrigin((request, response) => {
    const { method = '', url = '', headers } = request;
    seen.push({ method, path: url, authorization: headers.authorization, at: performance.now() });
    const allowed = headers.authorization === `Bearer ${TOKEN}`;
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      response.end(JSON.stringify(body));
    };
    if (url.startsWith('/orders') && !allowed) return answer(401, { error: 'log in' });
    if (url.startsWith('/mine')) return answer(200, allowed ? { orders: [{ id: 1 }] } : { orders: [] });
    if (url.startsWith('/health')) return answer(200, { up: 'yes', since: 17 });
    answer(200, { id: seen.length, customer: { name: 'Mia', email: 'mia@acme.test' } });
  });
  return Object.assign(origin, { seen });
}

/** A capture of a client that asked all of it with its token. */
async function recorded(origin: Origin, folder: string): Promise<{ capture: string; data: string }> {
  const data = join(folder, 'data');
  const capture = join(folder, 'api.sluice');
  await using host = await createHost({ dataFolder: data, capture, port: 0 });
  const proxyPort = Number(host.proxy.split(':')[1]);
  const ask = (path: string, method = 'GET') =>
    viaProxy({
      proxyPort,
      url: `${origin.url}${path}`,
      method,
      headers: [['Authorization', `Bearer ${TOKEN}`]],
      ...(method === 'POST' ? { body: 'x' } : {}),
    });
  for (const path of ['/orders/1', '/invoices/7', '/invoices/8', '/mine', '/health']) await ask(path);
  await ask('/invoices', 'POST');
  return { capture, data };
}

describe('sluice probe', () => {
  it('finds what forgot to ask for credentials, and that alone; what it sent is in the capture', async () => {
    using folder = temporaryFolder();
    await using origin = await api();
    const { capture, data } = await recorded(origin, folder.path);
    origin.seen.splice(0);
    const common = ['probe', capture, '--data', data, '--scope', '127.0.0.1', '--rate', '10'];

    const ran = await sluice(...common, '--json');
    expect(ran.code).toBe(1);
    const lines = jsonLines(ran);
    const of = `http://127.0.0.1:${origin.port}`;
    expect(lines.map(({ endpoint, verdict, status }) => [endpoint, verdict, status])).toEqual([
      [`GET ${of}/orders/{id}`, 'refused', 401],
      [`GET ${of}/invoices/{id}`, 'open', 200],
      [`GET ${of}/mine`, 'other-answer', 200],
    ]);
    expect(lines[1].finding).toMatchObject({
      checkId: 'authorisation-missing',
      severity: 'high',
      confidence: 'high',
      parameter: 'Authorization',
    });
    expect(ran.out + ran.err).not.toContain(TOKEN);
    expect(ran.err).toContain('3 requests sent, 1 open endpoint');

    // Only safe methods, never the credential, no faster than ten a second.
    expect(origin.seen.map(({ method, path, authorization }) => [method, path, authorization])).toEqual([
      ['GET', '/orders/1', undefined],
      ['GET', '/invoices/7', undefined],
      ['GET', '/mine', undefined],
    ]);
    const [first, , third] = origin.seen;
    expect((third?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(150);

    await inCapture(capture, async (store) => {
      const sessions = await Promise.all(lines.map(({ id }) => store.get(id)));
      expect(
        sessions.map((session) => [session?.row.source, session?.row.parentId, session?.row.comment]),
      ).toEqual([1, 2, 4].map((parent) => ['replay', parent, 'probe: endpoint answers without credentials']));
      const found = await store.findings(lines[1].id);
      expect(found.filter(({ checkId }) => checkId === 'authorisation-missing')).toMatchObject([
        { endpoint: `GET ${of}/invoices/{id}` },
      ]);
    });

    const again = await sluice(...common, '--filter', 'path:/orders');
    expect(again).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^refused GET .* \(session 1 again as \d+\)\n$/),
    });
  }, 60_000);

  it('sends what may change something only when told to', async () => {
    using folder = temporaryFolder();
    await using origin = await api();
    const { capture, data } = await recorded(origin, folder.path);
    origin.seen.splice(0);
    const ran = await sluice(
      'probe',
      capture,
      '--data',
      data,
      '--scope',
      '127.0.0.1',
      '--unsafe',
      '--filter',
      'method:POST',
      '--json',
    );
    expect(jsonLines(ran)).toMatchObject([
      { verdict: 'open', finding: { endpoint: expect.stringContaining('POST ') } },
    ]);
    expect(origin.seen).toMatchObject([{ method: 'POST', path: '/invoices', authorization: undefined }]);
  }, 60_000);

  it('sends nothing anywhere else than it may', async () => {
    using folder = temporaryFolder();
    await using origin = await api();
    const { capture, data } = await recorded(origin, folder.path);
    origin.seen.splice(0);
    const at = (...more: string[]) => sluice('probe', capture, '--data', data, ...more);
    expect(await at('--scope', 'api.acme.test')).toMatchObject({
      code: 3,
      err: expect.stringContaining('[not-allowed]'),
    });
    expect(await at('--scope', `127.0.0.1:${origin.port + 1}`)).toMatchObject({
      err: expect.stringContaining('[not-allowed]'),
    });
    for (const wrong of [
      [],
      ['--scope', '*'],
      ['--scope', 'a.test', '--rate', '11'],
      ['--scope', 'a.test', '--limit', '0'],
    ]) {
      expect(await at(...wrong)).toMatchObject({ code: 2, err: expect.stringContaining('[usage]') });
    }
    expect(origin.seen).toEqual([]);
  }, 60_000);

  it('goes through the program that is writing the capture', async () => {
    using folder = temporaryFolder();
    await using origin = await api();
    const { capture, data } = await recorded(origin, folder.path);
    await using host = await createHost({ dataFolder: data, capture, port: 0 });
    const ran = await sluice(
      'probe',
      host.capture,
      '--scope',
      '127.0.0.1',
      '--filter',
      'path:/invoices/7',
      '--json',
    );
    expect(jsonLines(ran)).toMatchObject([{ verdict: 'open' }]);
  }, 60_000);
});
