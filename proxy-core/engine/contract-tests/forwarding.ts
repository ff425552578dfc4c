/** Messages pass as they are and are recorded as they were: heads, framing, bodies. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { headerValue } from '#model/headers.ts';
import { echoOrigin } from '../../testing/echo-origin.ts';
import { httpOrigin } from '../../testing/origin.ts';
import { viaProxy } from '../../testing/proxy-client.ts';
import { rawClient, rawTunnelClient } from '../../testing/raw-client.ts';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import { floodOrigin } from '../../testing/slow-origin.ts';
import type { Bench } from './describe-engine.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const filled = (size: number, seed: number) => Buffer.alloc(size, `sluice ${seed} `);

export function describeForwarding(bench: Bench): void {
  describe('forwarding', () => {
    it('carries HTTP and HTTPS and records both', async () => {
      await using proxy = await bench().start();
      await using plain = await echoOrigin();
      await using secure = await echoOrigin({ tls: bench().tls });
      const requests = [plain, secure].map(({ url }) =>
        viaProxy({ proxyPort: proxy.port, ca: proxy.ca, url: `${url}/a?b=c`, method: 'POST', body: 'hello' }),
      );
      for (const response of await Promise.all(requests)) expect(response.status).toBe(200);
      const sessions = await proxy.sink.ended(2);
      for (const { session, requestBody, responseBody } of sessions) {
        expect(session.row).toMatchObject({
          kind: 'http',
          state: 'completed',
          status: 200,
          method: 'POST',
          path: '/a?b=c',
        });
        expect(requestBody.toString()).toBe('hello');
        expect(JSON.parse(Buffer.from(responseBody).toString())).toMatchObject({
          method: 'POST',
          target: '/a?b=c',
        });
        expect(session.facts.clientAddress).toMatch(/^127\.0\.0\.1:\d+$/);
        expect(session.facts.serverAddress).toMatch(/:\d+$/);
      }
      const tls = sessions.find(({ session }) => session.row.scheme === 'https')?.session.facts;
      expect(tls?.clientTls?.version).toMatch(/^TLSv1\.[23]$/);
      expect(tls?.serverTls?.chain?.length).toBeGreaterThan(0);
    });

    it('carries 200 parallel HTTPS requests with bodies of every size, equal at both ends and in the capture', async () => {
      await using proxy = await bench().start();
      await using origin = await httpOrigin(
        (request, response) => {
          const size = Number(request.url?.slice(1));
          response.writeHead(200, { 'Content-Length': size }).end(filled(size, size % 7));
        },
        { tls: bench().tls },
      );
      const sizes = Array.from({ length: 200 }, (_, i) =>
        i % 50 === 0 ? 3_000_000 + i : (i * i * 7) % 90_000,
      );
      const seen = await Promise.all(
        sizes.map((size) => viaProxy({ proxyPort: proxy.port, ca: proxy.ca, url: `${origin.url}/${size}` })),
      );
      const expected = sizes.map((size) => sha256(filled(size, size % 7)));
      expect(seen.map((response) => response.sha256)).toEqual(expected);
      const sessions = await proxy.sink.ended(200);
      const recorded = new Map(
        sessions.map(({ session, responseBody }) => [session.row.path, sha256(responseBody)]),
      );
      expect(sizes.map((size) => recorded.get(`/${size}`))).toEqual(expected);
    });

    it('changes no framing: a length stays a length, chunks stay chunks', async () => {
      await using proxy = await bench().start();
      await using origin = await rawOrigin({
        onRequest: (socket, received) =>
          reply(
            !received.includes('/chunks')
              ? 'HTTP/1.1 200 Fine\r\nX-One: 1\r\nCONTENT-length: 3\r\n\r\nabc'
              : 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
          )(socket),
      });
      await using client = await rawClient(proxy.port);
      client.write(`GET ${origin.url}/length HTTP/1.1\r\nHost: x\r\n\r\n`);
      const first = await client.until(/abc$/);
      expect(first).toMatch(/^HTTP\/1\.1 200 Fine\r\n/);
      expect(first).toMatch(/\r\ncontent-length: 3\r\n/i);
      expect(first).not.toMatch(/transfer-encoding/i);
      client.write(`GET ${origin.url}/chunks HTTP/1.1\r\nHost: x\r\n\r\n`);
      const second = (await client.until(/0\r\n\r\n$/)).slice(first.length);
      expect(second).toMatch(/\r\ntransfer-encoding: chunked\r\n/i);
      expect(second).not.toMatch(/content-length/i);
    });

    it('keeps order, case, duplicates and obs-text of fields, on the wire and in the session', async () => {
      await using proxy = await bench().start();
      await using origin = await rawOrigin({
        onRequest: reply(
          'HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nX-lower: caf\xe9\r\nset-cookie: b=2\r\nContent-Length: 0\r\n\r\n',
        ),
      });
      await using client = await rawTunnelClient(proxy.port, { authority: `127.0.0.1:${origin.port}` });
      client.write('GET /x HTTP/1.1\r\nhOst: h\r\nX-B: 2\r\nX-a: caf\xe9\r\nX-B: 1\r\n\r\n');
      const answer = await client.until(/\r\n\r\n$/);
      expect(answer).toContain('Set-Cookie: a=1\r\nX-lower: caf\xe9\r\nset-cookie: b=2\r\n');
      const { session } = await proxy.sink.find((one) => one.row.status === 200);
      expect(session.request.head.headers).toEqual([
        ['hOst', 'h'],
        ['X-B', '2'],
        ['X-a', 'caf\xe9'],
        ['X-B', '1'],
      ]);
      expect(session.response?.head.headers.slice(0, 3)).toEqual([
        ['Set-Cookie', 'a=1'],
        ['X-lower', 'caf\xe9'],
        ['set-cookie', 'b=2'],
      ]);
      expect(origin.received().toString('latin1')).toContain('X-B: 2\r\nX-a: caf\xe9\r\nX-B: 1\r\n');
    });

    it('hands coded bodies on untouched', async () => {
      await using proxy = await bench().start();
      const coded = gzipSync('text '.repeat(1000));
      await using origin = await httpOrigin((_request, response) => {
        response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': coded.length }).end(coded);
      });
      const response = await viaProxy({ proxyPort: proxy.port, url: origin.url });
      expect(response.body.equals(coded)).toBe(true);
      const [recorded] = await proxy.sink.ended(1);
      expect(Buffer.from(recorded?.responseBody ?? []).equals(coded)).toBe(true);
    });

    it.each([
      ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n'],
      ['GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
      ['GET', 'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n'],
    ])('knows that there is no body: %s %j', async (method, text) => {
      await using proxy = await bench().start();
      await using origin = await rawOrigin({ onRequest: reply(text) });
      const response = await viaProxy({ proxyPort: proxy.port, url: origin.url, method });
      expect(response).toMatchObject({ status: Number(text.slice(9, 12)), complete: true });
      expect(response.body).toHaveLength(0);
      expect(headerValue(response.headers, 'content-length')).toBe(method === 'HEAD' ? '500' : undefined);
    });

    it('answers its own pages at sluice.cert and on its own port', async () => {
      await using proxy = await bench().start();
      const named = await viaProxy({ proxyPort: proxy.port, url: 'http://sluice.cert/sluice.pem' });
      expect(named.body.toString()).toContain('/sluice.pem');
      await using client = await rawClient(proxy.port);
      client.write(`GET /qr.svg HTTP/1.1\r\nHost: 127.0.0.1:${proxy.port}\r\n\r\n`);
      expect(await client.until(/own page.*qr\.svg/)).toMatch(/^HTTP\/1\.1 200 /);
    });

    it('forwards and does not record while capturing is off', async () => {
      await using proxy = await bench().start({ capturing: () => false });
      await using origin = await echoOrigin();
      expect((await viaProxy({ proxyPort: proxy.port, url: origin.url })).status).toBe(200);
      expect(proxy.sink.sessions()).toEqual([]);
    });

    it('reads no faster than the slowest of client and sink', async () => {
      await using proxy = await bench().start();
      const size = 64 * 1024 * 1024;
      await using origin = await floodOrigin(size);
      await using client = await rawClient(proxy.port);
      client.socket.pause();
      client.write(`GET ${origin.url}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
      // The origin's count stands still when every buffer on the way is full.
      let before = -1;
      while (origin.sent() !== before || before <= 0) {
        before = origin.sent();
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
      expect(before).toBeLessThan(size / 2);
    });
  });
}
