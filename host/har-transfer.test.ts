import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { filterOf } from './filter-text.ts';
import { allIds, sessionsOf } from './har-transfer.ts';
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
  it('are whole, without those removed meanwhile, and told when they are done with', async () => {
    await using capture = await openTestCapture(
      makeSession({ id: 1, responseBody: 'one' }),
      makeSession({ id: 2, method: 'POST', requestBody: 'two' }),
    );
    let told = 0;
    const seen: unknown[] = [];
    const onSession = () => {
      told += 1;
    };
    for await (const full of sessionsOf(capture.store, [2, 99, 1], onSession)) {
      expect(told).toBe(seen.length);
      seen.push([full.session.row.id, Buffer.from(full.requestBody).toString()]);
    }
    expect(seen).toEqual([
      [2, 'two'],
      [1, ''],
    ]);
    expect(told).toBe(2);
  });
});
