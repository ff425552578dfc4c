import { describe, expect, it } from 'vitest';
import { Http2Connections, type Sharable } from './http2-connections.ts';

const one = (state: Partial<Sharable> = {}): Sharable => ({ free: true, open: true, waiting: 0, ...state });

describe('connections to share', () => {
  it('the first with room, of those to the same origin', () => {
    const shared = new Http2Connections<Sharable>();
    const [busy, free, other] = [one({ free: false }), one(), one()];
    shared.add('a', busy);
    shared.add('a', free);
    shared.add('b', other);
    expect([shared.free('a'), shared.free('b'), shared.free('c')]).toEqual([free, other, undefined]);
    shared.remove('a', free);
    expect(shared.free('a')).toBeUndefined();
  });

  it('where all are busy, a sixth may be opened, and no seventh', () => {
    const shared = new Http2Connections<Sharable>();
    for (let waiting = 6; waiting > 1; waiting -= 1) shared.add('a', one({ free: false, waiting }));
    expect(shared.full('a')).toBeUndefined();
    const shortest = one({ free: false, waiting: 1 });
    shared.add('a', shortest);
    expect(shared.full('a')).toBe(shortest);
    shared.remove('a', shortest);
    // One that takes no more requests is as good as gone.
    shared.add('a', one({ free: false, open: false }));
    expect(shared.full('a')).toBeUndefined();
  });

  it('those who come while one is being opened wait for it, until it has succeeded or failed', async () => {
    const shared = new Http2Connections<Sharable>();
    const first = Promise.withResolvers<void>();
    shared.share('a', first.promise);
    expect(shared.opening('a')).toBe(first.promise);
    first.reject(new Error('refused'));
    await expect(first.promise).rejects.toThrow();
    expect(shared.opening('a')).toBeUndefined();
    const second = Promise.withResolvers<void>();
    shared.share('a', second.promise);
    const third = Promise.withResolvers<void>();
    shared.share('a', third.promise);
    second.resolve();
    await second.promise;
    expect(shared.opening('a')).toBe(third.promise);
  });
});
