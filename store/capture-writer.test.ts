import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureEvent } from '#model/capture-event.ts';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import { packBatch } from './batch.ts';
import { CaptureWriter } from './capture-writer.ts';
import { createCapture, openWriter } from './database.ts';
import { SegmentWriter } from './segments.ts';
import { SessionReader } from './session-reader.ts';
import { temporaryFolder } from './testing.ts';
import { countSessions } from './totals.ts';

let stack: DisposableStack;
let path: string;
let db: DatabaseSync;
let writer: CaptureWriter;
let reader: SessionReader;
beforeEach(() => {
  stack = new DisposableStack();
  path = `${stack.use(temporaryFolder()).path}/a.sluice`;
  createCapture(path);
  db = stack.use(openWriter(path));
  writer = new CaptureWriter(db, stack.use(new SegmentWriter(path, 1000)));
  reader = new SessionReader(path, db, () => 0);
});
afterEach(() => {
  expect(writer.counters).toEqual(countSessions(db));
  stack.dispose();
});

const write = (...events: CaptureEvent[]) => writer.write(packBatch(events));
const data = (id: number, side: 'request' | 'response', text: string): CaptureEvent => ({
  type: `${side}-data`,
  id,
  data: new TextEncoder().encode(text),
});
const bodyOf = (id: number, side: 'request' | 'response', start = 0, end = 1e9) =>
  new TextDecoder().decode(reader.readBody(id, side, start, end));
const extents = (id: number) =>
  Number(db.prepare('SELECT count(*) AS n FROM extents WHERE session = ?').get(id)?.n);

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
    expect(write(begin, data(1, 'request', 'ab'))).toEqual({ changed: [1], ended: [] });
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
    expect(write(end)).toEqual({ changed: [1], ended: [1] });
    expect(reader.get(1)?.row).toMatchObject({ state: 'completed', durationMs: 20 });
    expect(bodyOf(1, 'request')).toBe('abcd');
  });

  it('comes back whole when all of it is in one batch', () => {
    const full = makeSession({ id: 5, method: 'PUT', requestBody: 'in', responseBody: 'out' });
    expect(write(...eventsOf(full))).toEqual({ changed: [5], ended: [5] });
    expect(reader.get(5)).toEqual(full.session);
    expect([bodyOf(5, 'request'), bodyOf(5, 'response')]).toEqual(['in', 'out']);
  });

  it('that came before a crash is ended when the capture is opened again', () => {
    write(parts(1).begin, ...eventsOf(makeSession({ id: 2 })));
    const again = new CaptureWriter(db, stack.use(new SegmentWriter(path, 1000)));
    expect(again.counters).toMatchObject({ sessions: 2, active: 0 });
    expect(reader.get(1)).toMatchObject({
      row: { state: 'failed', error: 'other' },
      failure: { code: 'other', detail: 'Sluice stopped before this session ended.' },
    });
    expect(reader.get(2)?.row.state).toBe('completed');
    writer = again;
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
        expect(bodyOf(id, side, text.length - 3)).toBe(text.slice(-3));
      }
    }
    expect(db.prepare('SELECT max(segment) AS n FROM extents').get()?.n).toBeGreaterThan(2);
  });

  it('that come in one piece after another are one extent', () => {
    write(parts(1).begin, data(1, 'request', 'ab'), data(1, 'request', 'cd'));
    write(data(1, 'request', 'ef'), data(1, 'request', ''));
    expect(extents(1)).toBe(1);
    expect(bodyOf(1, 'request')).toBe('abcdef');
  });
});

describe('events that fit no session', () => {
  it('are left out and counted', () => {
    const { begin, end, head } = parts(1);
    write(data(9, 'request', 'x'), end, head);
    expect(writer.ignored).toBe(3);
    write(begin, begin, data(1, 'response', 'no head yet'), end, end, begin);
    expect(writer.ignored).toBe(7);
    expect(write(begin, data(1, 'request', 'late'))).toEqual({ changed: [], ended: [] });
    expect(writer.ignored).toBe(9);
    expect(reader.get(1)?.row).toMatchObject({ state: 'completed', requestBodySize: 0, responseBodySize: 0 });
  });

  it('may be of sessions that begin out of order', () => {
    write(...eventsOf(makeSession({ id: 7 })));
    write(...eventsOf(makeSession({ id: 3 })));
    expect(writer.ignored).toBe(0);
    expect(reader.get(3)?.row.state).toBe('completed');
  });
});

it('writes nothing of a batch that fails', () => {
  write(...eventsOf(makeSession({ id: 1 })));
  const before = db.prepare('SELECT count(*) AS n FROM sessions').get();
  const broken = { ...packBatch([...eventsOf(makeSession({ id: 2 }))]), events: '[{"type":"begin","id":2}]' };
  expect(() => writer.write(broken)).toThrow();
  expect(db.prepare('SELECT count(*) AS n FROM sessions').get()).toEqual(before);
  expect(db.isTransaction).toBe(false);
});
