import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { toFetch } from './fetch.ts';

const call = (overrides: SessionOverrides) => {
  const { session, requestBody } = makeSession(overrides);
  return toFetch(session, requestBody);
};

/** What the snippet hands to fetch. */
async function handed(snippet: string): Promise<{ url: string; init: RequestInit; body: Buffer }> {
  let args: [string, RequestInit] = ['', {}];
  runInNewContext(snippet, {
    atob,
    TextEncoder,
    Uint8Array,
    fetch: (url: string, init: RequestInit = {}) => {
      args = [url, init];
    },
  });
  const [url, init] = args;
  const body = init.body ? Buffer.from(await new Response(init.body).arrayBuffer()) : Buffer.alloc(0);
  return { url, init, body };
}

describe('copy as fetch', () => {
  it('is short where there is little to say', () => {
    expect(call({ url: 'https://api.acme.test/a?b=1' })).toBe('fetch("https://api.acme.test/a?b=1");');
  });

  it('says method, headers and body, each on its line', () => {
    const snippet = call({
      method: 'POST',
      url: 'https://api.acme.test/orders',
      requestHeaders: [
        ['Host', 'api.acme.test'],
        ['Content-Type', 'application/json'],
        ['Content-Length', '9'],
        ['Cookie', 'a=1'],
      ],
      requestBody: '{"a":"é"}',
    });
    expect(snippet).toBe(`fetch("https://api.acme.test/orders", {
  method: "POST",
  headers: {
    "Content-Type": "application/json",
    "Cookie": "a=1",
  },
  credentials: "include",
  body: "{\\"a\\":\\"é\\"}",
});`);
  });

  it('keeps headers that come twice', async () => {
    const { init } = await handed(
      call({
        requestHeaders: [
          ['X-A', '1'],
          ['x-a', '2'],
        ],
      }),
    );
    expect(init.headers).toEqual([
      ['X-A', '1'],
      ['x-a', '2'],
    ]);
  });

  it('sends a body without a type as bytes, so that fetch adds none', () => {
    const snippet = call({ method: 'PUT', requestBody: 'plain', requestHeaders: [] });
    expect(snippet).toContain('body: new TextEncoder().encode("plain")');
  });

  it('says that a GET cannot carry its body', () => {
    const snippet = call({ requestBody: 'query', requestHeaders: [['X-A', '1']] });
    expect(snippet).toContain('// fetch sends no body with GET; this one had 5 bytes.');
    expect(snippet).not.toContain('body:');
  });

  it.each(['TRACE', 'CONNECT', 'track'])('refuses %s, which no fetch sends', (method) => {
    expect(() => call({ method })).toThrow(expect.objectContaining({ code: 'not-allowed' }));
  });

  it('shows what cannot be seen', () => {
    const snippet = call({ requestHeaders: [['X-A', 'a\u0085b']], url: 'https://a.test/\u202e' });
    expect(snippet).toContain('a\\u0085b');
    expect(snippet).toContain('\\u202e');
  });

  it('hands over any body and any header as captured', async () => {
    const value = fc.string({ unit: fc.integer({ min: 32, max: 255 }).map((n) => String.fromCharCode(n)) });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), value, fc.boolean(), async (bytes, text, typed) => {
        const type: [string, string][] = typed ? [['Content-Type', 'x/y']] : [];
        const { init, body } = await handed(
          call({ method: 'POST', requestBody: bytes, requestHeaders: [['X-A', text], ...type] }),
        );
        expect([...body]).toEqual([...bytes]);
        expect(init.headers).toMatchObject({ 'X-A': text });
      }),
    );
  });

  it('runs: the origin receives the same request', async () => {
    const received: [IncomingMessage, string][] = [];
    const server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      received.push([request, text]);
      response.writeHead(204, { connection: 'close' }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a?b=c%20d`;
    const snippet = call({
      method: 'PATCH',
      url,
      requestHeaders: [
        ['Content-Type', 'text/plain'],
        ['X-Token', 'x'],
      ],
      requestBody: 'Grüße',
    });
    const response = (await runInNewContext(snippet, { fetch })) as Response;
    expect(response.status).toBe(204);
    const [request, text] = received[0] ?? [];
    expect([request?.method, request?.url, text]).toEqual(['PATCH', '/a?b=c%20d', 'Grüße']);
    expect(request?.headers).toMatchObject({ 'content-type': 'text/plain', 'x-token': 'x' });
    await new Promise((resolve) => server.close(resolve));
  });
});
