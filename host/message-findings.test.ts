/** The whole way of messages: through the real proxy into the capture, before the checks, and into findings that point at them. */
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Evidence } from '#model/finding.ts';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { tunnelSocket } from '#proxy-core/testing/raw-client.ts';
import { webSocketOrigin } from '#proxy-core/testing/websocket-origin.ts';
import { firstItem, type RunningHost, runningHost } from './testing/running-host.ts';

let at: RunningHost;
beforeAll(async () => {
  at = await runningHost();
});
afterAll(() => at[Symbol.asyncDispose]());

const CARD = '4111 1111 1111 1111';

/** What the checks found on a path, once they did, each with the bytes that its first evidence points at. */
async function foundAt(path: string): Promise<[checkId: string, part: string, shown: string][]> {
  const query = {
    filter: `path:${path}`,
    order: { by: 'id', descending: false },
    offset: 0,
    limit: 1,
  } as const;
  const { rows } = await firstItem(
    at.client.open('sessions.watch', query),
    (item) => (item.rows[0]?.findings ?? 0) > 0,
  );
  const id = rows[0]?.id ?? 0;
  const { findings } = await at.client.call('sessions.findings', { id });
  return Promise.all(
    findings.map(async ({ checkId, evidence: [first] }) => {
      if (first === undefined) return [checkId, '', ''];
      return [checkId, first.part, Buffer.from(await read(id, first)).toString()];
    }),
  );
}

async function read(id: number, { part, message = 0, start, end }: Evidence): Promise<Uint8Array> {
  if (part !== 'message') {
    const side = part === 'request-body' ? 'request' : 'response';
    return (await at.client.call('sessions.body', { id, side, decoded: true, start, end })).data;
  }
  const { messages } = await at.client.call('sessions.messages', { id, from: message, limit: 1 });
  return messages[0]?.data.subarray(start, end) ?? new Uint8Array();
}

it('a WebSocket’s messages, compressed on the wire, are found with the bytes that show it', async () => {
  await using origin = await webSocketOrigin();
  const socket = await tunnelSocket(at.proxyPort, { authority: `localhost:${origin.port}` });
  const client = new WebSocket(`ws://localhost:${origin.port}/live`, { createConnection: () => socket });
  await once(client, 'open');
  client.send('ping');
  client.send(`{"login":{"user":"mia","password":"qwerty"},"pad":"${'x'.repeat(2000)}"}`);
  client.send(`{"card":"${CARD}"}`);
  for (let echoes = 0; echoes < 3; echoes += 1) await once(client, 'message');
  client.close();
  await once(client, 'close');
  expect(await foundAt('/live')).toEqual([
    ['credentials-in-clear', 'message', 'qwerty'],
    ['weak-password', 'message', 'qwerty'],
    ['personal-data', 'message', CARD],
    ['websocket-clear', 'message', 'qwerty'],
  ]);
});

it('an event stream’s events are found once', async () => {
  await using origin = await httpOrigin((_, response) => {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    response.write('data: {"n":1}\n\n');
    response.end(`event: paid\ndata: {"card":"${CARD}"}\n\n`);
  });
  await viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/events` });
  const [found, ...more] = await foundAt('/events');
  expect(found?.[0]).toBe('personal-data');
  expect(found?.[2]).toBe(CARD);
  expect(more).toEqual([]);
});
