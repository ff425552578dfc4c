import { describe, expect, it } from 'vitest';
import { SluiceError } from '#model/errors.ts';
import type { RpcClient, WatchHandlers } from './client.ts';
import { readBody, readSession } from './sessions.ts';

/** A host that gives out `body` in pieces of at most `piece` bytes. */
function bodyHost(body: Uint8Array, piece: number): { rpc: RpcClient; starts: number[] } {
  const starts: number[] = [];
  const call = async (_name: string, { start, end }: { start: number; end: number }) => {
    starts.push(start);
    return { data: body.slice(start, Math.min(end, start + piece)), total: body.length };
  };
  return { rpc: { call } as unknown as RpcClient, starts };
}

describe('readBody', () => {
  const bytes = Uint8Array.from({ length: 10 }, (_, i) => i);

  it('joins the pieces', async () => {
    const { rpc, starts } = bodyHost(bytes, 4);
    expect(await readBody(rpc, 1, 'request', 100)).toEqual(bytes);
    expect(starts).toEqual([0, 4, 8]);
  });

  it('asks once for an empty one', async () => {
    const { rpc, starts } = bodyHost(new Uint8Array(), 4);
    expect(await readBody(rpc, 1, 'response', 100)).toEqual(new Uint8Array());
    expect(starts).toEqual([0]);
  });

  it('refuses what is larger than the limit before reading it all', async () => {
    const { rpc, starts } = bodyHost(bytes, 4);
    await expect(readBody(rpc, 1, 'request', 9)).rejects.toMatchObject({ code: 'too-large' });
    expect(starts).toEqual([0]);
  });

  it('stops when a body still being written has no more yet', async () => {
    const call = async (_: string, { start }: { start: number }) => ({
      data: start === 0 ? Uint8Array.of(1, 2) : new Uint8Array(),
      total: 5,
    });
    expect(await readBody({ call } as unknown as RpcClient, 1, 'request', 9)).toEqual(Uint8Array.of(1, 2));
  });
});

describe('readSession', () => {
  const host = (act: (handlers: WatchHandlers<'sessions.get'>) => void) => {
    let stopped = false;
    const watch = (_name: string, _params: unknown, handlers: WatchHandlers<'sessions.get'>) => {
      queueMicrotask(() => act(handlers));
      return () => {
        stopped = true;
      };
    };
    return { rpc: { watch } as unknown as RpcClient, stopped: () => stopped };
  };

  it('takes the first item and stops watching', async () => {
    const { rpc, stopped } = host((handlers) => void handlers.item({ row: { id: 4 } } as never));
    expect(await readSession(rpc, 4)).toEqual({ row: { id: 4 } });
    expect(stopped()).toBe(true);
  });

  it('gives on why there is none', async () => {
    await expect(readSession(host((handlers) => handlers.end?.()).rpc, 4)).rejects.toMatchObject({
      code: 'not-found',
    });
    const failing = host((handlers) => handlers.error?.(new SluiceError('internal', 'Broken.')));
    await expect(readSession(failing.rpc, 4)).rejects.toMatchObject({ code: 'internal' });
  });
});
