/** What Sluice itself sends (composer, replay) goes the way traffic goes. */
import { describe, expect, it } from 'vitest';
import { echoOrigin } from '../../testing/echo-origin.ts';
import { httpOrigin } from '../../testing/origin.ts';
import type { Bench } from './describe-engine.ts';

export function describeSends(bench: Bench): void {
  describe('own sends', () => {
    it('go out with fields in order and case, and are recorded with source and parent', async () => {
      await using proxy = await bench().start({ capturing: () => false });
      await using origin = await echoOrigin({ tls: bench().tls });
      const id = await proxy.engine.send({
        method: 'PUT',
        url: `${origin.url}/things?x=1`,
        headers: [
          ['X-Second', '2'],
          ['x-first', '1'],
        ],
        body: Buffer.from('changed'),
        source: 'replay',
        parentId: 7,
      });
      const { session, responseBody } = await proxy.sink.find(
        (one) => one.row.id === id && one.row.state !== 'active',
      );
      expect(session.row).toMatchObject({
        state: 'completed',
        status: 200,
        source: 'replay',
        parentId: 7,
        method: 'PUT',
      });
      expect(origin.received[0]).toMatchObject({ method: 'PUT', target: '/things?x=1', bodySize: 7 });
      const names = origin.received[0]?.headers.map(([name]) => name) ?? [];
      expect(names.indexOf('X-Second')).toBeLessThan(names.indexOf('x-first'));
      expect(names).toContain('X-Second');
      expect(responseBody.length).toBeGreaterThan(0);
    });

    it('follow no redirect', async () => {
      await using proxy = await bench().start();
      await using origin = await httpOrigin((_request, response) =>
        response.writeHead(302, { Location: '/b' }).end(),
      );
      const id = await proxy.engine.send({
        method: 'GET',
        url: origin.url,
        headers: [],
        body: new Uint8Array(),
        source: 'composer',
      });
      const { session } = await proxy.sink.find((one) => one.row.id === id && one.row.state !== 'active');
      expect(session.row.status).toBe(302);
      expect(origin.connections()).toBe(1);
    });

    it.each(['ftp://x/', 'not a url', 'http://'])('refuse %j', async (url) => {
      await using proxy = await bench().start();
      const send = proxy.engine.send({
        method: 'GET',
        url,
        headers: [],
        body: new Uint8Array(),
        source: 'composer',
      });
      await expect(send).rejects.toMatchObject({ code: 'bad-url' });
      expect(proxy.sink.sessions()).toEqual([]);
    });

    it('refuse a field that would break the request', async () => {
      await using proxy = await bench().start();
      const headers = [['X', 'a\r\nY: b']] as const;
      const send = proxy.engine.send({
        method: 'GET',
        url: 'http://127.0.0.1:9/',
        headers: [...headers].map(([a, b]) => [a, b]),
        body: new Uint8Array(),
        source: 'composer',
      });
      await expect(send).rejects.toMatchObject({ code: 'bad-header' });
    });
  });
}
