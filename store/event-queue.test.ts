import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaptureEvent } from '#model/capture-event.ts';
import { type Batch, unpackBatch } from './batch.ts';
import { EventQueue } from './event-queue.ts';

let sent: Batch[];
let queue: EventQueue;
beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  queue = new EventQueue((batch) => sent.push(batch), 100_000);
});
afterEach(() => {
  queue[Symbol.dispose]();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const data = (size: number, id = 1): CaptureEvent => ({
  type: 'request-data',
  id,
  data: new Uint8Array(size),
});
const ids = () => sent.map((batch) => unpackBatch(batch).map(({ event }) => event.id));

/** Whether a promise has resolved by now. */
async function settled(promise: Promise<void>): Promise<boolean> {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  return done;
}

describe('events', () => {
  it('are gathered for at most 50 ms', () => {
    for (const id of [1, 2, 3]) queue.write(data(1, id));
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(50);
    expect(ids()).toEqual([[1, 2, 3]]);
    queue.write(data(1, 4));
    vi.advanceTimersByTime(50);
    expect(ids()).toEqual([[1, 2, 3], [4]]);
  });

  it('go at once when they are a megabyte, or many', () => {
    queue.write(data(1));
    queue.write(data(1024 * 1024));
    expect(sent).toHaveLength(1);
    const limitless = new EventQueue((batch) => sent.push(batch), Number.POSITIVE_INFINITY);
    for (let i = 0; i < 4096; i++) limitless.write({ type: 'request-end', id: 1 });
    expect(sent.length).toBeGreaterThan(1);
    limitless[Symbol.dispose]();
  });

  it('go when asked, once', () => {
    queue.flush();
    queue.write(data(1));
    queue.flush();
    queue.flush();
    vi.advanceTimersByTime(100);
    expect(ids()).toEqual([[1]]);
  });
});

describe('a producer', () => {
  it('is told to wait above the limit, and released at half of it', async () => {
    expect(queue.write(data(40_000))).toBe(true);
    queue.flush();
    expect(queue.write(data(40_000))).toBe(true);
    queue.flush();
    expect(queue.write(data(40_000))).toBe(false);
    queue.flush();
    const drained = queue.drained();
    expect(await settled(drained)).toBe(false);
    queue.stored();
    expect(await settled(drained)).toBe(false);
    queue.stored();
    expect(await settled(drained)).toBe(true);
    expect(queue.write(data(1))).toBe(true);
    expect(ids().flat()).toHaveLength(3);
  });

  it('does not wait when the worker is not behind', async () => {
    queue.write(data(10));
    expect(await settled(queue.drained())).toBe(true);
  });

  it('counts what has not even been sent', async () => {
    expect(queue.write(data(200_000))).toBe(false);
    const drained = queue.drained();
    vi.advanceTimersByTime(50);
    expect(await settled(drained)).toBe(false);
    queue.stored();
    expect(await settled(drained)).toBe(true);
  });

  it('is let go when the store ends', async () => {
    queue.write(data(200_000));
    const drained = queue.drained();
    queue[Symbol.dispose]();
    expect(await settled(drained)).toBe(true);
  });
});
