/** Every failure is a session with a code, and an answer that says what happened; nothing ends the process or hangs. */
import { describe, expect, it } from 'vitest';
import type { FailureCode } from '#model/session.ts';
import { brokenOrigin, type Fault } from '../../testing/broken-origin.ts';
import { echoOrigin } from '../../testing/echo-origin.ts';
import { viaProxy } from '../../testing/proxy-client.ts';
import { rawClient } from '../../testing/raw-client.ts';
import { floodOrigin } from '../../testing/slow-origin.ts';
import type { Bench } from './describe-engine.ts';

const FAULTS: readonly (readonly [Fault, number, FailureCode])[] = [
  ['reset', 502, 'reset'],
  ['close', 502, 'reset'],
  ['garbage', 502, 'bad-response'],
  ['two-lengths', 502, 'bad-response'],
];
const MALFORMED = [
  'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST ORIGIN/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n',
  'POST ORIGIN/ HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello',
  'GET / NOTHTTP\r\n\r\n',
  'CONNECT ../../x:443 HTTP/1.1\r\nHost: y\r\n\r\n',
  '\0\0\0\0\r\n\r\n',
];

export function describeFailures(bench: Bench): void {
  describe('failures', () => {
    it.each(FAULTS)('an origin that does "%s": %d, %s', async (fault, status, code) => {
      await using proxy = await bench().start();
      await using origin = await brokenOrigin(fault);
      const response = await viaProxy({ proxyPort: proxy.port, url: origin.url });
      expect(response.status).toBe(status);
      expect(response.body.toString()).toMatch(/\w+ .*\./);
      const [recorded] = await proxy.sink.ended(1);
      expect(recorded?.session).toMatchObject({ row: { state: 'failed', error: code }, failure: { code } });
    });

    it.each<Fault>(['reset-mid-body', 'short-body', 'short-chunks'])(
      'an origin that does "%s" never looks complete',
      async (fault) => {
        await using proxy = await bench().start();
        await using origin = await brokenOrigin(fault);
        const response = await viaProxy({ proxyPort: proxy.port, url: origin.url }).catch(() => undefined);
        expect(response?.complete ?? false).toBe(false);
        const [recorded] = await proxy.sink.ended(1);
        expect(recorded?.session.row).toMatchObject({ state: 'server-aborted', error: 'origin-gone' });
        expect(recorded?.session.response?.body.complete).toBe(false);
      },
    );

    it('a silent origin: 504 after the time limit', async () => {
      await using proxy = await bench().start({ timeouts: { idle: 200 } });
      await using origin = await brokenOrigin('silent');
      expect((await viaProxy({ proxyPort: proxy.port, url: origin.url })).status).toBe(504);
      expect((await proxy.sink.ended(1))[0]?.session.row.error).toBe('timeout');
    });

    it('a refused connection and a name that does not resolve: 502', async () => {
      await using proxy = await bench().start({
        lookup: (_name, _options, done) => done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), '', 4),
      });
      const gone = await echoOrigin();
      await gone[Symbol.asyncDispose]();
      expect((await viaProxy({ proxyPort: proxy.port, url: gone.url })).status).toBe(502);
      expect((await viaProxy({ proxyPort: proxy.port, url: 'http://nowhere.test/' })).status).toBe(502);
      const codes = (await proxy.sink.ended(2)).map(({ session }) => session.row.error);
      expect(codes).toEqual(['refused', 'dns']);
    });

    it('upstream TLS is verified: untrusted, wrong name, and our own root are refused with a reason', async () => {
      const { upstream, authority } = bench();
      await using proxy = await bench().start({
        upstreamCa: [upstream.certificatePem, authority.certificatePem],
      });
      await using strict = await bench().start({ upstreamCa: [] });
      await using trusted = await echoOrigin({ tls: bench().tls });
      await using wrong = await echoOrigin({ tls: upstream.leafFor('other.test') });
      await using own = await echoOrigin({ tls: authority.leafFor('localhost') });
      const status = async (from: typeof proxy, url: string) =>
        (await viaProxy({ proxyPort: from.port, ca: from.ca, url })).status;
      expect(await status(proxy, trusted.url)).toBe(200);
      expect(await status(strict, trusted.url)).toBe(502);
      expect(await status(proxy, wrong.url)).toBe(502);
      // K5: naming our root as an upstream authority must not make it one.
      expect(await status(proxy, own.url)).toBe(502);
      expect((await strict.sink.ended(1))[0]?.session.row.error).toBe('tls-untrusted');
      const codes = (await proxy.sink.ended(3)).map(({ session }) => session.row.error);
      expect(codes).toEqual([undefined, 'tls-name', 'tls-untrusted']);
    });

    it('a client that refuses our certificate is a tunnel session that says so', async () => {
      await using proxy = await bench().start();
      await using origin = await echoOrigin({ tls: bench().tls });
      const other = bench().upstream.certificatePem;
      await expect(viaProxy({ proxyPort: proxy.port, ca: other, url: origin.url })).rejects.toThrow();
      const { session } = await proxy.sink.find((one) => one.row.state !== 'active');
      expect(session.row).toMatchObject({ kind: 'tunnel', error: 'client-tls' });
    });

    it('a client that leaves ends the session as client-aborted', async () => {
      await using proxy = await bench().start();
      await using origin = await floodOrigin(200 * 1024 * 1024);
      const client = await rawClient(proxy.port);
      client.write(`GET ${origin.url}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
      await client.until(/sluice/);
      await client[Symbol.asyncDispose]();
      expect((await proxy.sink.ended(1))[0]?.session.row.state).toBe('client-aborted');
    });

    it.each(MALFORMED)('malformed bytes are refused and hurt nobody: %j', async (text) => {
      await using proxy = await bench().start();
      await using origin = await echoOrigin();
      await using client = await rawClient(proxy.port);
      client.write(text.replace('ORIGIN', origin.url));
      await client.until(/^HTTP\/1\.1 (?:4|5)\d\d /);
      await client.closed;
      expect((await viaProxy({ proxyPort: proxy.port, url: origin.url })).status).toBe(200);
    });

    it('a taken port is said to be taken', async () => {
      await using proxy = await bench().start();
      await expect(bench().start({ port: proxy.port })).rejects.toMatchObject({ code: 'port-in-use' });
    });

    it('closing ends open sessions and every connection within a second', async () => {
      const proxy = await bench().start();
      await using origin = await brokenOrigin('silent');
      await using client = await rawClient(proxy.port);
      client.write(`GET ${origin.url}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
      await proxy.sink.find((one) => one.row.state === 'active');
      await proxy.engine.close();
      await proxy.engine.close();
      await client.closed;
      expect(proxy.sink.sessions()[0]?.session.row.state).not.toBe('active');
    });
  });
}
