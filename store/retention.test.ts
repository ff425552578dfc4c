import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import { segmentSizes } from './segment-files.ts';
import { newStore, type TestStore } from './testing/open-store.ts';
import { ask } from './testing.ts';

let test: TestStore;
beforeEach(() => {
  test = newStore({ segmentBytes: 1e6 });
});
afterEach(() => test[Symbol.dispose]());

const ids = () => test.store.calls.ids(ask('', { limit: 100_000 }));
const losses = () => test.store.calls.totals().losses;
const fill = (from: number, to: number, size = 10) => {
  for (let id = from; id <= to; id++)
    test.record(makeSession({ id, responseBody: new Uint8Array(randomBytes(size)) }));
};

describe('keeping the last', () => {
  it('takes the oldest away, now and later, and says how many', () => {
    fill(1, 30);
    test.store.calls.setRetention({ keepLast: 10 });
    test.workOn();
    expect(ids()).toEqual(Array.from({ length: 10 }, (_, i) => 21 + i));
    expect(losses()).toMatchObject({ droppedSessions: 20 });
    fill(31, 34);
    test.workOn();
    expect(ids()).toHaveLength(10);
    expect(losses().droppedSessions).toBe(24);
    expect(losses().droppedBytes).toBeGreaterThan(24 * 10);
    expect(test.changes).toContainEqual({ removed: true, changed: [], totals: true, findings: true });
  });

  it('never takes what is marked, commented or active', () => {
    fill(1, 20);
    test.store.calls.annotate([2], { mark: 3 });
    test.store.calls.annotate([5], { comment: 'mine' });
    test.write(...eventsOf(makeSession({ id: 21, state: 'active' })));
    test.store.calls.setRetention({ keepLast: 4 });
    test.workOn();
    expect(ids()).toEqual([2, 5, 20, 21]);
    test.store.calls.setRetention({ keepLast: 1 });
    test.workOn();
    expect(ids()).toEqual([2, 5, 21]);
    expect(test.store.nextWork()).toBeUndefined();
    // Unmarked again, it is as any other.
    test.store.calls.annotate([2], { mark: 0 });
    test.store.calls.setRetention({ keepLast: 1 });
    test.workOn();
    expect(ids()).toEqual([5, 21]);
  });

  it('is remembered by the capture, with what was dropped, until it is told otherwise', () => {
    fill(1, 12);
    test.store.calls.setRetention({ keepLast: 5, dropBodiesOver: 1000 });
    test.workOn();
    test.reopen();
    expect(test.store.calls.totals()).toMatchObject({
      retention: { keepLast: 5, dropBodiesOver: 1000 },
      losses: { droppedSessions: 7 },
    });
    fill(20, 22);
    test.workOn();
    expect(ids()).toHaveLength(5);
    test.store.calls.setRetention({});
    fill(30, 45);
    test.workOn();
    expect(ids()).toHaveLength(21);
    test.reopen('read');
    expect(test.store.calls.totals()).toMatchObject({ retention: {}, losses: { droppedSessions: 10 } });
    expect(() => test.store.calls.setRetention({})).toThrow(
      expect.objectContaining({ code: 'file-unwritable' }),
    );
  });
});

describe('keeping a size', () => {
  it('holds the files to it while sessions stream in', () => {
    const limit = 12e6;
    test.store.calls.setRetention({ keepBytes: limit });
    let most = 0;
    for (let from = 1; from < 400; from += 20) {
      fill(from, from + 19, 100_000);
      test.workOn();
      most = Math.max(most, test.store.calls.totals().diskBytes);
    }
    // A batch of 2 MB comes between two looks.
    expect(most).toBeLessThan(limit * 1.35);
    const left = ids();
    expect(left.length).toBeGreaterThan(50);
    expect(left.at(-1)).toBe(400);
    expect(left).toEqual(left.map((_, i) => (left[0] ?? 0) + i));
    expect(losses().droppedSessions).toBe(400 - left.length);
    expect(test.store.calls.readBody(left[0] ?? 0, 'response', 0, 1e6)).toHaveLength(100_000);
  });
});

describe('leaving long bodies out', () => {
  it('as they come: the session stays, says so, and takes no room', () => {
    test.store.calls.setRetention({ dropBodiesOver: 1000 });
    const long = makeSession({
      id: 1,
      method: 'POST',
      requestBody: 'short',
      responseBody: new Uint8Array(randomBytes(500_000)),
    });
    for (const event of eventsOf(long)) {
      if (event.type !== 'response-data') test.write(event);
      else {
        for (let at = 0; at < event.data.length; at += 900)
          test.write({ ...event, data: event.data.subarray(at, at + 900) });
      }
    }
    expect(test.store.calls.get(1)).toMatchObject({
      request: { body: { size: 5, complete: true } },
      response: { body: { size: 500_000, complete: true, dropped: true } },
      row: { responseBodySize: 500_000 },
    });
    expect(test.store.calls.get(1)?.request.body.dropped).toBeUndefined();
    expect(test.store.calls.readBody(1, 'response', 0, 1e6)).toHaveLength(0);
    expect(test.store.calls.readBody(1, 'request', 0, 10)).toHaveLength(5);
    expect(losses()).toMatchObject({ droppedBodies: 1, droppedBytes: 500_000, droppedSessions: 0 });
    expect(segmentSizes(test.path).get(1)).toBeLessThan(100_000);
    expect(test.store.calls.verify(true).damage).toEqual([]);
  });

  it('in one batch with others: theirs are where they belong', () => {
    test.store.calls.setRetention({ dropBodiesOver: 100 });
    const sessions = Array.from({ length: 9 }, (_, i) =>
      makeSession({
        id: i + 1,
        responseBody: `${i + 1}`.repeat(i % 3 === 1 ? 200 : 50),
        messages: [{ direction: 'sent', at: 1, opcode: 1, data: new TextEncoder().encode(`m${i + 1}`) }],
      }),
    );
    test.write(...sessions.flatMap((session) => [...eventsOf(session)]));
    for (const { session, responseBody, messages } of sessions) {
      const { id } = session.row;
      const body = new TextDecoder().decode(test.store.calls.readBody(id, 'response', 0, 1e6));
      expect(body).toBe(id % 3 === 2 ? '' : new TextDecoder().decode(responseBody));
      expect(test.store.calls.messages(id, 0, 9)).toEqual(messages);
    }
    expect(losses().droppedBodies).toBe(3);
  });

  it('of what is there already, but for what somebody marked', () => {
    fill(1, 4, 5000);
    fill(5, 6, 10);
    test.store.calls.annotate([2], { mark: 1 });
    test.store.calls.setRetention({ dropBodiesOver: 4999 });
    test.workOn();
    const lengths = ids().map((id) => test.store.calls.readBody(id, 'response', 0, 1e6).length);
    expect(lengths).toEqual([0, 5000, 0, 0, 10, 10]);
    expect(losses()).toMatchObject({ droppedBodies: 3, droppedBytes: 15_000 });
    // Nothing is dropped twice.
    test.store.calls.setRetention({ dropBodiesOver: 4000 });
    test.workOn();
    expect(losses().droppedBodies).toBe(3);
  });

  it('keeps that of a session which was marked while it was under way', () => {
    test.store.calls.setRetention({ dropBodiesOver: 10 });
    const events = [...eventsOf(makeSession({ id: 1, responseBody: 'x'.repeat(50) }))];
    const at = events.findIndex(({ type }) => type === 'response-data');
    test.write(...events.slice(0, at));
    test.store.calls.annotate([1], { mark: 1 });
    test.write(...events.slice(at));
    expect(test.store.calls.readBody(1, 'response', 0, 99)).toHaveLength(50);
    expect(losses().droppedBodies).toBe(0);
  });
});
