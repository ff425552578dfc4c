import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureEvent } from '#model/capture-event.ts';
import type { Message } from '#model/session.ts';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import type { Batch } from './batch.ts';
import { CaptureWriter, lastSessionId, nextName } from './capture-writer.ts';
import { Checksums } from './checksums.ts';
import { createCapture, openWriter } from './database.ts';
import { SegmentReader, SegmentWriter } from './segments.ts';
import { SessionReader } from './session-reader.ts';
import { batchMaker, temporaryFolder } from './testing.ts';
import { readCounts, recount } from './totals.ts';

let stack: DisposableStack;
let path: string;
let db: DatabaseSync;
let segments: SegmentWriter;
let writer: CaptureWriter;
let reader: SessionReader;
let make: (...events: readonly CaptureEvent[]) => Batch;
beforeEach(() => {
  stack = new DisposableStack();
  path = `${stack.use(temporaryFolder()).path}/a.sluice`;
  createCapture(path);
  db = stack.use(openWriter(path));
  segments = stack.use(new SegmentWriter(path, 1000));
  writer = new CaptureWriter(db, segments);
  reader = new SessionReader(db, stack.use(new SegmentReader(path, new Checksums(db))));
  make = batchMaker();
});
afterEach(() => {
  expect(writer.counters.now).toEqual(readCounts(db));
  expect(writer.counters.now).toMatchObject(recount(db));
  stack.dispose();
});

const write = (...events: CaptureEvent[]) => writer.write(make(...events));
const data = (id: number, side: 'request' | 'response', text: string): CaptureEvent => ({
  type: `${side}-data`,
  id,
  data: new TextEncoder().encode(text),
});
const bodyOf = (id: number, side: 'request' | 'response', start = 0, end = 1e9) =>
  new TextDecoder().decode(reader.readBody(id, side, start, end));
const count = (table: string) => Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n);

/** The events of a POST with both bodies empty, to put data in between. */
function parts(id: number) {
  const all = [...eventsOf(makeSession({ id, method: 'POST', responseBody: '' }))];
  const at = (type: CaptureEvent['type']) => {
    const event = all.find((candidate) => candidate.type === type);
    if (event === undefined) throw new Error(`no ${type}`);
    return event;
  };
  return { begin: at('begin'), requestEnd: at('request-end'), head: at('response-head'), end: at('end') };
}

describe('a session', () => {
  it('is there from its beginning, and follows every batch', () => {
    const { begin, requestEnd, head, end } = parts(1);
    expect(write(begin, data(1, 'request', 'ab'))).toEqual({ active: [1], ended: [] });
    expect(reader.get(1)).toMatchObject({
      row: { state: 'active', requestBodySize: 2 },
      request: { body: { complete: false } },
    });
    write(data(1, 'request', 'cd'));
    expect(reader.get(1)?.request.body).toEqual({ size: 4, complete: false });
    write(requestEnd, head);
    expect(reader.get(1)).toMatchObject({
      row: { state: 'active', status: 200 },
      request: { body: { complete: true } },
    });
    expect(write(end)).toEqual({ active: [], ended: [1] });
    expect(reader.get(1)?.row).toMatchObject({ state: 'completed', durationMs: 20 });
    expect(bodyOf(1, 'request')).toBe('abcd');
  });

  it('comes back whole when all of it is in one batch, and costs one row', () => {
    const full = makeSession({ id: 5, method: 'PUT', requestBody: 'in', responseBody: 'out' });
    expect(write(...eventsOf(full))).toEqual({ active: [], ended: [5] });
    expect(reader.get(5)).toEqual(full.session);
    expect([bodyOf(5, 'request'), bodyOf(5, 'response')]).toEqual(['in', 'out']);
    expect([count('sessions'), count('extents'), count('message_runs')]).toEqual([1, 0, 0]);
  });

  it('that came before a crash is ended when the capture is opened again', () => {
    write(parts(1).begin, ...eventsOf(makeSession({ id: 2 })));
    const again = new CaptureWriter(db, stack.use(new SegmentWriter(path, 1000)));
    expect(again.counters.now).toMatchObject({ sessions: 2, active: 0 });
    writer.counters.reload();
    expect(reader.get(1)).toMatchObject({
      row: { state: 'failed', error: 'other' },
      failure: { code: 'other', detail: 'Sluice stopped before this session ended.' },
    });
    expect(reader.get(2)?.row.state).toBe('completed');
    writer = again;
  });

  it('is in the segments but for its row: what repeats is there once', () => {
    const chain = [1, 2, 3].map((n) => ({
      subject: `CN=${n}`,
      issuer: `CN=${n + 1}`,
      validFrom: 'then',
      validTo: 'later',
      fingerprint256: 'AB:'.repeat(32),
    }));
    const facts = { serverAddress: '10.0.0.1:443', serverTls: { version: 'TLSv1.3', chain } };
    const ids = Array.from({ length: 50 }, (_, i) => i + 1);
    const before = segments.totalBytes;
    const sessions = ids.map((id) => makeSession({ id, facts: structuredClone(facts), responseBody: '' }));
    for (const session of sessions) write(...eventsOf(session));
    for (const { session } of sessions) expect(reader.get(session.row.id)).toEqual(session);
    const texts = db.prepare("SELECT count(*) AS n FROM texts WHERE text LIKE '%chain%'").get();
    expect(texts).toEqual({ n: 1 });
    expect(count('origins')).toBe(1);
    expect((segments.totalBytes - before) / ids.length).toBeLessThan(300);
  });
});

describe('bodies', () => {
  it('that interleave are kept apart, across batches and segments', () => {
    const sessions = [1, 2, 3].map(parts);
    for (const { begin, head } of sessions) write(begin, head);
    const expected = new Map<string, string>();
    for (let round = 0; round < 60; round++) {
      const events = [1, 2, 3].flatMap((id) =>
        (['request', 'response'] as const).map((side) => {
          const text = `${side[2]}${id}.${round};`.repeat((round % 5) + 1);
          expected.set(`${id}${side}`, (expected.get(`${id}${side}`) ?? '') + text);
          return data(id, side, text);
        }),
      );
      write(...events);
    }
    for (const id of [1, 2, 3]) {
      for (const side of ['request', 'response'] as const) {
        const text = expected.get(`${id}${side}`) ?? '';
        expect(bodyOf(id, side)).toBe(text);
        expect(bodyOf(id, side, 100, 150)).toBe(text.slice(100, 150));
        expect(bodyOf(id, side, 2, 7)).toBe(text.slice(2, 7));
        expect(bodyOf(id, side, text.length - 3)).toBe(text.slice(-3));
      }
    }
    expect(db.prepare('SELECT max(segment) AS n FROM extents').get()?.n).toBeGreaterThan(2);
  });

  it('that come in one piece after another are one run', () => {
    write(parts(1).begin, data(1, 'request', 'ab'), data(1, 'request', 'cd'));
    expect(count('extents')).toBe(0);
    write(data(1, 'request', 'ef'), data(1, 'request', ''));
    write(data(1, 'request', 'gh'));
    expect(count('extents')).toBe(1);
    expect(bodyOf(1, 'request')).toBe('abcdefgh');
    expect(db.prepare('SELECT start, length FROM extents').get()).toEqual({ start: 4, length: 4 });
  });

  it('grow without their log being written again', () => {
    write(parts(1).begin, parts(1).head);
    write(data(1, 'response', 'x'));
    const place = () => db.prepare('SELECT segment, position, length FROM sessions').get();
    const before = place();
    for (let i = 0; i < 20; i++) write(data(1, 'response', 'y'.repeat(100)));
    expect(place()).toEqual(before);
    expect(bodyOf(1, 'response')).toBe(`x${'y'.repeat(2000)}`);
  });
});

describe('messages', () => {
  const message = (i: number): Omit<Message, 'index'> => ({
    direction: i % 3 === 0 ? 'sent' : 'received',
    at: 1000 + i / 8,
    opcode: 2,
    data: Uint8Array.of(i & 255, i >> 8),
    ...(i % 10 === 0 ? { fragments: i, compressed: i % 20 === 0, wireSize: 1 } : {}),
  });

  it('of one batch are one row, however many and small they are', () => {
    const { begin, head, end } = parts(1);
    write(begin, head);
    const all = Array.from({ length: 10_000 }, (_, i) => message(i));
    for (let at = 0; at < all.length; at += 2500) {
      write(
        ...all.slice(at, at + 2500).map((one): CaptureEvent => ({ type: 'message', id: 1, message: one })),
      );
      expect(reader.get(1)?.messageCount).toBe(at + 2500);
    }
    write(end);
    expect(count('message_runs')).toBe(4);
    const expected = all.map((one, index) => ({ index, ...one }));
    expect(reader.messages(1, 0, 20_000)).toEqual(expected);
    expect(reader.messages(1, 2490, 20)).toEqual(expected.slice(2490, 2510));
    expect(reader.messages(1, 10_000, 5)).toEqual([]);
  });
});

describe('events that fit no session', () => {
  it('are left out and counted', () => {
    const { begin, end, head } = parts(1);
    write(data(9, 'request', 'x'), end, head);
    expect(writer.ignored).toBe(3);
    write(begin, begin, data(1, 'response', 'no head yet'), end, end, begin);
    expect(writer.ignored).toBe(7);
    expect(write(begin, data(1, 'request', 'late'))).toEqual({ active: [], ended: [] });
    expect(writer.ignored).toBe(9);
    expect(reader.get(1)?.row).toMatchObject({ state: 'completed', requestBodySize: 0, responseBodySize: 0 });
  });

  it('may be of sessions that begin out of order', () => {
    write(...eventsOf(makeSession({ id: 7 })));
    write(...eventsOf(makeSession({ id: 3 })));
    expect(writer.ignored).toBe(0);
    expect(reader.get(3)?.row.state).toBe('completed');
    expect(lastSessionId(db)).toBe(7);
  });
});

it('numbers names on from what the capture has', () => {
  expect(nextName(db)).toBe(1);
  write(...eventsOf(makeSession({ id: 1 })));
  const next = nextName(db);
  expect(next).toBeGreaterThan(3);
  make = batchMaker(next);
  write(...eventsOf(makeSession({ id: 2, url: 'http://b.test/' })));
  expect([1, 2].map((id) => reader.get(id)?.row.host)).toEqual(['api.acme.test', 'b.test']);
});

it('writes nothing of a batch that fails', () => {
  write(...eventsOf(makeSession({ id: 1 })));
  const batch = make(...eventsOf(makeSession({ id: 2 })));
  const operations = batch.operations.slice(0, -3);
  expect(() => writer.write({ ...batch, operations })).toThrow(RangeError);
  expect([count('sessions'), lastSessionId(db)]).toEqual([1, 1]);
  db.exec("CREATE TRIGGER full BEFORE INSERT ON sessions BEGIN SELECT RAISE(ABORT, 'full'); END");
  expect(() => write(...eventsOf(makeSession({ id: 3 })))).toThrow('full');
  expect([count('sessions'), lastSessionId(db)]).toEqual([1, 1]);
  expect(db.isTransaction).toBe(false);
});
