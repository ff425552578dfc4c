import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaptureEvent } from '#model/capture-event.ts';
import type { Batch } from './batch.ts';
import { readBatch } from './batch-reader.ts';
import { EventQueue } from './event-queue.ts';

let sent: Batch[];
let queue: EventQueue;
beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  queue = new EventQueue((batch) => sent.push(batch), 100_000, 1);
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
function idsOf(batch: Batch): number[] {
  const ids: number[] = [];
  const note = (id: number) => ids.push(id);
  const nothing = () => {};
  const handler = {
    text: nothing,
    origin: nothing,
    begin: nothing,
    response: nothing,
    message: nothing,
    process: nothing,
    end: nothing,
  };
  readBatch(batch, { ...handler, logged: note, data: note });
  return ids;
}
const ids = () => sent.map(idsOf);
/** The worker is done with the oldest batch. */
const stored = (at = 0) => {
  const batch = sent[at];
  queue.stored(batch === undefined ? [] : [batch.operations.buffer, batch.bytes.buffer]);
};

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

  it('go at once when they are a megabyte', () => {
    queue.write(data(1));
    queue.write(data(1024 * 1024));
    expect(sent).toHaveLength(1);
    const limitless = new EventQueue((batch) => sent.push(batch), Number.POSITIVE_INFINITY, 1);
    for (let i = 0; i < 200_000; i++) limitless.write({ type: 'request-end', id: 1 });
    expect(sent.length).toBeGreaterThan(1);
    for (const { operations } of sent) expect(operations.length).toBeLessThan(1.1e6);
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
    stored();
    expect(await settled(drained)).toBe(false);
    stored();
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
    stored();
    expect(await settled(drained)).toBe(true);
  });

  it('is not held up by what the worker has given back', async () => {
    for (let round = 0; round < 50; round++) {
      expect(queue.write(data(40_000))).toBe(true);
      queue.flush();
      stored(round);
    }
    expect(await settled(queue.drained())).toBe(true);
    expect(sent).toHaveLength(50);
  });

  it('that gives an event which cannot be packed hears so, and loses no other', () => {
    queue.write(data(1, 1));
    expect(() => queue.write({ type: 'begin', id: 2 } as unknown as CaptureEvent)).toThrow();
    queue.write(data(1, 3));
    queue.flush();
    expect(ids()).toEqual([[1, 3]]);
  });

  it('is let go when the store ends', async () => {
    queue.write(data(200_000));
    const drained = queue.drained();
    queue[Symbol.dispose]();
    expect(await settled(drained)).toBe(true);
  });
});
