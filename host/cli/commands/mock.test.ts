import { join } from 'node:path';
import { expect, it } from 'vitest';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { writtenCapture } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';
import { saidLine } from './mock.ts';

it('serves a capture until it is stopped, a line for each request', async () => {
  using capture = await writtenCapture(
    makeSession({ id: 1, url: 'http://a.test/x', responseBody: 'recorded' }),
  );
  const base = [capture.path, '--data', join(capture.folder, 'data'), '--json'];
  // Its port is known only once it runs.
  const { createServer } = await import('node:net');
  const port = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as { port: number };
      server.close(() => resolve(free));
    });
  });
  const running = sluice('mock', ...base, '--port', String(port), '--for', '3');
  const ask = async (): Promise<string> => {
    for (;;) {
      const answer = await viaProxy({ proxyPort: port, url: 'http://a.test/x' }).catch(() => undefined);
      if (answer !== undefined) return String(answer.body);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  expect(await ask()).toBe('recorded');
  const ran = await running;
  expect(ran.code).toBe(0);
  expect(jsonLines(ran)).toMatchObject([
    { event: 'ready', proxy: `127.0.0.1:${port}`, answers: 1 },
    { event: 'asked', url: 'http://a.test/x', session: 1, status: 200, how: 'url' },
  ]);
});

it('says how an answer was found', () => {
  const asked = { method: 'GET', url: 'http://a/' };
  expect(saidLine(asked)).toBe('miss GET http://a/');
  expect(saidLine({ ...asked, session: 2, status: 200, how: 'endpoint' })).toBe(
    '200 GET http://a/ (session 2, for another id)',
  );
});

it('refuses what it cannot serve', async () => {
  using capture = await writtenCapture();
  expect(await sluice('mock', capture.path)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/no answers to give/),
  });
  expect((await sluice('mock', '/none.sluice')).code).not.toBe(0);
});
