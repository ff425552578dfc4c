import { describe, expect, it } from 'vitest';
import { createChanges, latest, pause } from './changes.ts';

const forever = () => new AbortController();

describe('changes', () => {
  it('wake whoever waits for a newer version than it has seen', async () => {
    const changes = createChanges();
    const { signal } = forever();
    const seen = changes.version;
    const woken = Promise.all([changes.after(seen, signal), changes.after(seen, signal)]);
    changes.ring();
    await woken;
    await changes.after(seen, signal);
    expect(changes.version).toBe(seen + 1);
  });

  it('wake whoever gives up', async () => {
    const changes = createChanges();
    const stop = new AbortController();
    const waiting = changes.after(changes.version, stop.signal);
    stop.abort();
    await waiting;
    await changes.after(changes.version, stop.signal);
  });
});

describe('latest', () => {
  it('gives the state at once, and the newest alone after many changes', async () => {
    const changes = createChanges();
    const stop = new AbortController();
    let state = 0;
    let computed = 0;
    const compute = () => {
      computed += 1;
      return state;
    };
    const items = latest(changes, compute, stop.signal, 0);
    expect((await items.next()).value).toBe(0);
    for (let i = 0; i < 1000; i++) {
      state += 1;
      changes.ring();
    }
    expect((await items.next()).value).toBe(1000);
    expect(computed).toBe(2);
    stop.abort();
    expect((await items.next()).done).toBe(true);
  });

  it('does not miss a change made while it computes', async () => {
    const changes = createChanges();
    const stop = new AbortController();
    let state = 'old';
    const items = latest(
      changes,
      async () => {
        const read = state;
        await Promise.resolve();
        if (state === 'old') {
          state = 'new';
          changes.ring();
        }
        return read;
      },
      stop.signal,
      0,
    );
    expect((await items.next()).value).toBe('old');
    expect((await items.next()).value).toBe('new');
    stop.abort();
    await items.next();
  });

  it('keeps the gap between items', async () => {
    const changes = createChanges();
    const stop = new AbortController();
    const items = latest(changes, () => performance.now(), stop.signal, 60);
    const first = (await items.next()).value ?? 0;
    changes.ring();
    const second = (await items.next()).value ?? 0;
    expect(second - first).toBeGreaterThanOrEqual(55);
    stop.abort();
    await items.next();
  });

  it('ends while it waits when told to', async () => {
    const stop = new AbortController();
    const items = latest(createChanges(), () => 1, stop.signal, 10_000);
    await items.next();
    const next = items.next();
    stop.abort();
    expect((await next).done).toBe(true);
  });

  it('fails with what the computation failed with', async () => {
    const items = latest(createChanges(), () => Promise.reject(new Error('no')), forever().signal, 0);
    await expect(items.next()).rejects.toThrow('no');
  });
});

describe('pause', () => {
  it('ends at once, without an error, when told to', async () => {
    const stop = new AbortController();
    const waiting = pause(60_000, stop.signal);
    stop.abort();
    await waiting;
  });

  it('goes on without a change while an item is not final, and rests after long work', async () => {
    const changes = createChanges();
    const stop = new AbortController();
    let counted = 0;
    const items = latest(
      changes,
      () => {
        counted += 1;
        return counted;
      },
      stop.signal,
      0,
      (item) => item >= 3,
    );
    expect((await items.next()).value).toBe(1);
    expect((await items.next()).value).toBe(2);
    expect((await items.next()).value).toBe(3);
    const next = items.next();
    stop.abort();
    expect((await next).done).toBe(true);
    expect(counted).toBe(3);
  });
});
