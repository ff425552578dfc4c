import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FullSession } from '#model/session.ts';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import type { CompactProgress } from './capture-store.ts';
import { indexPath } from './database.ts';
import { segmentPath, segmentSizes } from './segment-files.ts';
import { newStore, type TestStore } from './testing/open-store.ts';
import { ask } from './testing.ts';

let test: TestStore;
beforeEach(() => {
  test = newStore({ segmentBytes: 20_000 });
});
afterEach(() => test[Symbol.dispose]());

const octets = (text: string) => new TextEncoder().encode(text);
const message = (text: string) => ({ direction: 'sent' as const, at: 1, opcode: 1, data: octets(text) });
/** Sessions of all kinds, with bodies that no other has. */
const some = (from: number, count: number): FullSession[] =>
  Array.from({ length: count }, (_, i) =>
    makeSession({
      id: from + i,
      method: 'POST',
      requestBody: `question ${from + i}`,
      responseBody: new Uint8Array(randomBytes(500 + ((i * 977) % 7000))),
      ...(i % 5 === 0 ? { messages: [message(`a${i}`), message(`b${i}`.repeat(100))] } : {}),
    }),
  );

function compact(): CompactProgress {
  let progress = test.store.calls.compact(true);
  for (let i = 0; !progress.done; i++) {
    if (i > 1000) throw new Error('there is no end to it');
    progress = test.store.calls.compact(false);
  }
  return progress;
}

function holds(sessions: readonly FullSession[]): void {
  const { calls } = test.store;
  expect(calls.ids(ask())).toEqual(sessions.map(({ session }) => session.row.id));
  for (const { session, requestBody, responseBody, messages } of sessions) {
    const { id } = session.row;
    expect(calls.get(id)).toEqual(session);
    expect(Buffer.from(calls.readBody(id, 'request', 0, 1e6))).toEqual(Buffer.from(requestBody));
    expect(Buffer.from(calls.readBody(id, 'response', 0, 1e6))).toEqual(Buffer.from(responseBody));
    expect(calls.messages(id, 0, 10)).toEqual(messages);
  }
}

const bytes = () => [...segmentSizes(test.path).values()].reduce((sum, size) => sum + size, 0);

describe('compaction', () => {
  it('leaves what is alive and frees what is not', () => {
    const all = some(1, 60);
    test.record(...all);
    const before = bytes();
    test.store.calls.remove(all.flatMap(({ session }, i) => (i % 3 === 0 ? [] : [session.row.id])));
    const left = all.filter((_, i) => i % 3 === 0);
    expect(test.store.calls.totals().deadBytes).toBeGreaterThan(before / 2);
    const progress = compact();
    expect(progress).toMatchObject({ done: true, left: [] });
    expect(progress.freedBytes).toBeGreaterThan(before * 0.9);
    expect(bytes()).toBeLessThan(before * 0.45);
    expect(test.store.calls.totals()).toMatchObject({ sessions: 20, deadBytes: 0 });
    holds(left);
    test.reopen();
    holds(left);
    expect(test.store.calls.verify(true)).toMatchObject({ done: true, damage: [], sessions: 20 });
  });

  it('of a capture that has nothing dead does nothing', () => {
    const all = some(1, 30);
    test.record(...all);
    const before = segmentSizes(test.path);
    expect(compact()).toMatchObject({ ofSegments: 0, freedBytes: 0 });
    expect(segmentSizes(test.path)).toEqual(before);
  });

  it('of a capture that has nothing left leaves an empty segment', () => {
    test.record(...some(1, 30));
    test.store.calls.remove('all');
    compact();
    expect(bytes()).toBe(0);
    test.record(...some(31, 2));
    expect(test.store.calls.totals().sessions).toBe(2);
  });

  it('goes on beside recording, and takes bodies that stretch over many batches along', () => {
    const long = makeSession({ id: 1, responseBody: new Uint8Array(randomBytes(90_000)) });
    const [begin, ...rest] = [...eventsOf(long)];
    if (begin === undefined) throw new Error('a session has events');
    test.write(begin);
    const others = some(2, 20);
    for (const event of rest) {
      if (event.type !== 'response-data') test.write(event);
      else {
        for (let at = 0; at < event.data.length; at += 10_000) {
          test.write({ ...event, data: event.data.subarray(at, at + 10_000) });
          test.record(...others.slice(at / 5000, at / 5000 + 2));
        }
      }
    }
    test.store.calls.remove(others.slice(0, 14).map(({ session }) => session.row.id));
    const active = makeSession({ id: 50, state: 'active' });
    test.write(...eventsOf(active));
    test.store.calls.compact(true);
    const late = some(60, 3);
    test.record(...late);
    compact();
    holds([long, ...others.slice(14, 18), active, ...late]);
    // What is active ends as if nothing had been.
    test.write({ type: 'response-end', id: 50 });
    test.write({
      type: 'end',
      id: 50,
      at: active.session.row.startedAt + 5,
      state: 'completed',
      timings: {},
    });
    expect(test.store.calls.get(50)?.row).toMatchObject({ state: 'completed', durationMs: 5 });
  });

  it('stores bodies once that several runs stored', () => {
    const body = new Uint8Array(randomBytes(9000));
    const twins = (id: number) => makeSession({ id, responseBody: body });
    test.record(twins(1), ...some(2, 5));
    test.reopen();
    test.record(twins(10), ...some(11, 5));
    test.reopen();
    test.record(twins(20));
    test.store.calls.remove([2, 3, 4, 11, 12, 13]);
    const before = bytes();
    compact();
    expect(before - bytes()).toBeGreaterThan(2 * body.length);
    for (const id of [1, 10, 20])
      expect(Buffer.from(test.store.calls.readBody(id, 'response', 0, 1e6))).toEqual(Buffer.from(body));
  });

  it('leaves a damaged session where it is, and all the others whole', () => {
    const all = some(1, 12);
    test.record(...all);
    test.store.calls.remove([2, 3, 4]);
    const segment = segmentPath(test.path, 1);
    const whole = readFileSync(segment);
    // A bit of the first body.
    const bad = Buffer.from(whole);
    bad[200] = (bad[200] ?? 0) ^ 4;
    writeFileSync(segment, bad);
    const { left } = compact();
    expect(left.length).toBeGreaterThan(0);
    expect(existsSync(segment)).toBe(true);
    writeFileSync(segment, whole);
    test.reopen();
    holds(all.filter(({ session }) => ![2, 3, 4].includes(session.row.id)));
    expect(compact().left).toEqual([]);
    expect(existsSync(segment)).toBe(false);
  });
});

describe('a compaction that died', () => {
  it('before it had moved all, loses nothing', () => {
    const all = some(1, 60);
    test.record(...all);
    const left = all.slice(40);
    test.store.calls.remove(all.slice(0, 40).map(({ session }) => session.row.id));
    test.store.calls.compact(true);
    // What a write that was under way may have left.
    const newest = Math.max(...segmentSizes(test.path).keys());
    appendFileSync(segmentPath(test.path, newest), 'half of a');
    test.reopen();
    holds(left);
    compact();
    holds(left);
  });

  it('between commit and removal, is finished by the next run', () => {
    const all = some(1, 20);
    test.record(...all);
    test.store.calls.remove(all.map(({ session }) => session.row.id));
    const segment = readFileSync(segmentPath(test.path, 1));
    compact();
    {
      using db = new DatabaseSync(indexPath(test.path));
      db.exec('INSERT INTO retired VALUES (1)');
    }
    writeFileSync(segmentPath(test.path, 1), segment);
    test.reopen();
    expect([...segmentSizes(test.path).keys()]).not.toContain(1);
    expect(bytes()).toBe(0);
  });
});

describe('dead bytes', () => {
  it('go by themselves when they are many', () => {
    test[Symbol.dispose]();
    test = newStore({ segmentBytes: 8e6 });
    const bodies = Array.from({ length: 60 }, (_, i) =>
      makeSession({ id: i + 1, responseBody: new Uint8Array(randomBytes(1e6)) }),
    );
    test.record(...bodies);
    const hash = createHash('sha256')
      .update(test.store.calls.readBody(60, 'response', 0, 1e6))
      .digest('hex');
    test.store.calls.remove(Array.from({ length: 55 }, (_, i) => i + 1));
    expect(test.store.nextWork()).toBeDefined();
    test.workOn();
    expect(bytes()).toBeLessThan(14e6);
    expect(
      createHash('sha256')
        .update(test.store.calls.readBody(60, 'response', 0, 1e6))
        .digest('hex'),
    ).toBe(hash);
    expect(test.changes.some(({ totals }) => totals === true)).toBe(true);
  });
});
