import { expect, test } from 'vitest';
import type { RpcClient } from '../../rpc/client.ts';
import { replaySession } from './replay.ts';

function fakeRpc(kind: string, body: Uint8Array) {
  const sent: unknown[] = [];
  const session = {
    row: { id: 5, kind, url: 'https://a.test/x?y=1' },
    request: {
      head: {
        method: 'POST',
        headers: [
          ['X-A', '1'],
          ['x-a', '2'],
        ],
      },
      body: { size: body.length },
    },
  };
  const rpc = {
    watch(_name: string, _params: unknown, handlers: { item(item: unknown): void }) {
      queueMicrotask(() => handlers.item(session));
      return () => {};
    },
    call(name: string, params: { start: number; end: number }) {
      if (name === 'sessions.body')
        return Promise.resolve({ data: body.slice(params.start, params.end), total: body.length });
      sent.push(params);
      return Promise.resolve({ id: 99 });
    },
  } as unknown as RpcClient;
  return { rpc, sent };
}

test('sends the request as it was, and says which session it repeats', async () => {
  const body = new Uint8Array([0, 1, 255]);
  const { rpc, sent } = fakeRpc('http', body);
  expect(await replaySession(rpc, 5)).toBe(99);
  expect(sent).toEqual([
    {
      method: 'POST',
      url: 'https://a.test/x?y=1',
      headers: [
        ['X-A', '1'],
        ['x-a', '2'],
      ],
      body,
      source: 'replay',
      parentId: 5,
    },
  ]);
});

test('no body is not asked for', async () => {
  const { rpc, sent } = fakeRpc('http', new Uint8Array(0));
  await replaySession(rpc, 5);
  expect(sent).toMatchObject([{ body: new Uint8Array(0) }]);
});

test('a WebSocket cannot be sent again', async () => {
  const { rpc, sent } = fakeRpc('websocket', new Uint8Array(0));
  await expect(replaySession(rpc, 5)).rejects.toMatchObject({ code: 'not-allowed' });
  expect(sent).toEqual([]);
});
