/** P2, P3: requests that would reach Sluice's own listeners are refused, however the address is spelt and on every way in. */
import { describe, expect, it } from 'vitest';
import { httpOrigin } from '../../testing/origin.ts';
import { viaProxy } from '../../testing/proxy-client.ts';
import { rawClient } from '../../testing/raw-client.ts';
import type { Bench } from './describe-engine.ts';

const SPELLINGS = [
  '127.0.0.1',
  'localhost',
  '[::1]',
  '0.0.0.0',
  '2130706433',
  '0177.0.0.1',
  '127.1',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
];

/** Stands for the workbench: nothing may ever reach it. */
const guarded = () => {
  let reached = 0;
  return {
    reached: () => reached,
    listener: () => {
      reached += 1;
    },
  };
};

export function describeOwnAddress(bench: Bench): void {
  describe('P2 own addresses', () => {
    it.each(SPELLINGS)('a proxied GET to %s on the workbench port is refused', async (host) => {
      const guard = guarded();
      await using workbench = await httpOrigin(guard.listener);
      await using proxy = await bench().start({ ownPorts: () => [workbench.port] });
      await using client = await rawClient(proxy.port);
      client.write(
        `GET http://${host}:${workbench.port}/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
      await client.until(/^HTTP\/1\.1 (?:4|5)\d\d /);
      expect(guard.reached()).toBe(0);
      expect(workbench.connections()).toBeLessThanOrEqual(1);
    });

    it('a name that resolves to loopback is refused too', async () => {
      const guard = guarded();
      await using workbench = await httpOrigin(guard.listener);
      await using proxy = await bench().start({
        ownPorts: () => [workbench.port],
        lookup: (_name, options, done) =>
          options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
      });
      const response = await viaProxy({
        proxyPort: proxy.port,
        url: `http://rebind.test:${workbench.port}/`,
      });
      expect(response.status).toBe(508);
      expect((await proxy.sink.ended(1))[0]?.session.row.error).toBe('own-address');
      expect(guard.reached()).toBe(0);
    });

    it('by CONNECT, by WebSocket and by our own sends as well', async () => {
      const guard = guarded();
      await using workbench = await httpOrigin(guard.listener);
      await using proxy = await bench().start({ ownPorts: () => [workbench.port] });
      const url = `http://127.0.0.1:${workbench.port}/`;
      await using tunnel = await rawClient(proxy.port);
      tunnel.write(`CONNECT 127.0.0.1:${workbench.port} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await tunnel.until(/^HTTP\/1\.1 \d\d\d /);
      tunnel.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      await tunnel.closed;
      await using socket = await rawClient(proxy.port);
      socket.write(
        `GET ${url} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      );
      await socket.until(/^HTTP\/1\.1 (?:4|5)\d\d /);
      const id = await proxy.engine.send({
        method: 'GET',
        url,
        headers: [],
        body: new Uint8Array(),
        source: 'composer',
      });
      const sent = await proxy.sink.find((one) => one.row.id === id && one.row.state !== 'active');
      expect(sent.session.row.error).toBe('own-address');
      expect(guard.reached()).toBe(0);
    });

    it('P3 a request to the proxy through itself does not loop', async () => {
      await using proxy = await bench().start();
      await using client = await rawClient(proxy.port);
      const own = `http://localhost:${proxy.port}/x`;
      client.write(`GET ${own} HTTP/1.1\r\nHost: localhost:${proxy.port}\r\nConnection: close\r\n\r\n`);
      expect(await client.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 (?:200|508) /);
    });
  });
}
