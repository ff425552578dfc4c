import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { harExportAddress, uploadHar } from './host-files.ts';

describe('harExportAddress', () => {
  it('names what to export', () => {
    expect(harExportAddress({ filter: '' })).toBe('/api/export/har');
    expect(harExportAddress({ filter: 'host:a & b' })).toBe('/api/export/har?filter=host%3Aa+%26+b');
    expect(harExportAddress({ ids: [1, 22] })).toBe('/api/export/har?ids=1%2C22');
  });
});

describe('uploadHar', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** Relative addresses need a page; here the page is a server that answers once with what it is told. */
  async function against(
    status: number,
    body: string,
    signal = new AbortController().signal,
  ): Promise<unknown> {
    let received = '';
    const server = createServer(async (request, response) => {
      for await (const chunk of request) received += chunk;
      response.writeHead(status, { connection: 'close' }).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const real = fetch;
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => real(base + path, init));
    try {
      return [await uploadHar(new Blob(['{"log":1}']), signal), received];
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  }

  it('sends the file and answers the count', async () => {
    expect(await against(200, '{"imported":3}')).toEqual([3, '{"log":1}']);
  });

  it('gives on the host’s code and sentence', async () => {
    const refused = against(400, '{"code":"bad-har","message":"This is no HAR."}');
    await expect(refused).rejects.toMatchObject({ code: 'bad-har', message: 'This is no HAR.' });
  });

  it('says the status when the host says nothing', async () => {
    await expect(against(500, 'oops')).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('500'),
    });
  });

  it('tells cancelling from failing', async () => {
    await expect(against(200, '', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
