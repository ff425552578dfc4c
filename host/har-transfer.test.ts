import { describe, expect, it } from 'vitest';
import type { FullSession } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { filterOf } from './filter-text.ts';
import { allIds, areLarge, bytesOf, sessionBatches } from './har-transfer.ts';
import { openTestCapture } from './testing/captures.ts';

describe('ids of a capture', () => {
  it('are those that pass, oldest first', async () => {
    await using capture = await openTestCapture(
      makeSession({ id: 3, status: 404 }),
      makeSession({ id: 1 }),
      makeSession({ id: 2, status: 404 }),
    );
    expect(await allIds(capture.store, filterOf(''))).toEqual([1, 2, 3]);
    expect(await allIds(capture.store, filterOf('status:404'))).toEqual([2, 3]);
    expect(await allIds(capture.store, filterOf('status:500'))).toEqual([]);
  });
});

describe('sessions of a capture', () => {
  const idsIn = (batch: readonly FullSession[]) => batch.map(({ session }) => session.row.id);

  it('are whole, in the order asked, without those removed meanwhile', async () => {
    await using capture = await openTestCapture(
      makeSession({ id: 1, responseBody: 'one' }),
      makeSession({ id: 2, method: 'POST', requestBody: 'two' }),
    );
    const [batch = [], ...more] = await Array.fromAsync(sessionBatches(capture.store, [2, 99, 1, 98]));
    expect(idsIn(batch)).toEqual([2, 1]);
    expect(batch.map((full) => Buffer.from(full.requestBody).toString())).toEqual(['two', '']);
    expect(more).toEqual([]);
  });

  it('come some at a time, the next asked for while these are used', async () => {
    const asked: number[] = [];
    const store = {
      wholeSessions: async (ids: readonly number[]) => {
        const answered = Math.min(ids.length, 2);
        asked.push(...ids.slice(0, answered));
        return { sessions: ids.slice(0, answered).map((id) => makeSession({ id })), answered };
      },
    };
    const seen: number[] = [];
    for await (const batch of sessionBatches(store, [1, 2, 3, 4, 5])) {
      seen.push(...idsIn(batch));
      expect(asked.length).toBe(Math.min(5, seen.length + 2));
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('are large from some megabytes on, and counted with their messages', () => {
    const data = new Uint8Array(3);
    const messages = [{ direction: 'sent', at: 1, opcode: 2, data }] as const;
    expect(bytesOf(makeSession({ requestBody: 'ab', responseBody: 'c', messages }))).toBe(6);
    const big = makeSession({ responseBody: new Uint8Array(5_000_000) });
    expect([areLarge([]), areLarge([big]), areLarge([big, big])]).toEqual([false, false, true]);
  });
});
