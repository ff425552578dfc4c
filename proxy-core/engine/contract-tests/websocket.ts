/** WebSocket: the handshake passes, messages pass both ways and are recorded with direction, opcode and close code. */
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { tunnelSocket } from '../../testing/raw-client.ts';
import { webSocketOrigin } from '../../testing/websocket-origin.ts';
import type { TestEngine } from './bench-engine.ts';
import type { Bench } from './describe-engine.ts';

async function open(
  proxy: TestEngine,
  port: number,
  secure: boolean,
  protocols: string[] = [],
): Promise<WebSocket> {
  const through = {
    authority: `localhost:${port}`,
    ...(secure ? { ca: proxy.ca, serverName: 'localhost' } : {}),
  };
  const socket = await tunnelSocket(proxy.port, through);
  // TLS, if any, is in the tunnel already.
  const client = new WebSocket(`ws://localhost:${port}/live`, protocols, { createConnection: () => socket });
  await once(client, 'open');
  return client;
}

export function describeWebSocket(bench: Bench): void {
  describe('WebSocket', () => {
    it.each([false, true])('messages both ways, TLS: %j', async (secure) => {
      await using proxy = await bench().start();
      await using origin = await webSocketOrigin({
        protocols: ['chat'],
        ...(secure ? { tls: bench().tls } : {}),
      });
      const client = await open(proxy, origin.port, secure, ['chat']);
      expect(client.protocol).toBe('chat');
      client.send('hello');
      expect(String((await once(client, 'message'))[0])).toBe('hello');
      client.send(Buffer.from([1, 2, 3]));
      expect([...((await once(client, 'message'))[0] as Buffer)]).toEqual([1, 2, 3]);
      client.send('close');
      const [code] = await once(client, 'close');
      expect(code).toBe(4001);
      const [recorded] = await proxy.sink.ended(1);
      expect(recorded?.session.row).toMatchObject({ kind: 'websocket', status: 101, state: 'completed' });
      const said = recorded?.messages.map(({ direction, opcode, data }) => [
        direction,
        opcode,
        Buffer.from(data).toString('latin1'),
      ]);
      expect(said).toContainEqual(['sent', 1, 'hello']);
      expect(said).toContainEqual(['received', 1, 'hello']);
      expect(said).toContainEqual(['sent', 2, '\x01\x02\x03']);
      expect(said).toContainEqual(['received', 2, '\x01\x02\x03']);
      expect(recorded?.messages.find(({ opcode }) => opcode === 8)?.closeCode).toBe(4001);
    });

    it('compressed messages pass as they are and are recorded inflated', async () => {
      await using proxy = await bench().start();
      await using origin = await webSocketOrigin();
      const client = await open(proxy, origin.port, false);
      expect(client.extensions).toContain('permessage-deflate');
      const said = JSON.stringify(Array.from({ length: 500 }, (_, i) => ({ order: i, total: i * 7 })));
      for (let i = 0; i < 3; i++) {
        client.send(said);
        expect(String((await once(client, 'message'))[0])).toBe(said);
      }
      client.send('close');
      await once(client, 'close');
      const [recorded] = await proxy.sink.ended(1);
      for (const direction of ['sent', 'received']) {
        const messages = recorded?.messages
          .filter((each) => each.direction === direction && each.compressed)
          .slice(0, 3);
        expect(messages?.map(({ data }) => Buffer.from(data).toString())).toEqual([said, said, said]);
        expect(messages?.every(({ wireSize = 0 }) => wireSize > 0 && wireSize < said.length / 2)).toBe(true);
      }
    });

    it('an origin that is down: 502 and a failed session', async () => {
      await using proxy = await bench().start();
      const gone = await webSocketOrigin();
      await gone[Symbol.asyncDispose]();
      await expect(open(proxy, gone.port, false)).rejects.toThrow(/502/);
      expect((await proxy.sink.ended(1))[0]?.session.row).toMatchObject({
        kind: 'websocket',
        state: 'failed',
      });
    });
  });
}
