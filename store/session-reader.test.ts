import { copyFileSync, writeFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureEvent } from '#model/capture-event.ts';
import type { Message } from '#model/session.ts';
import { beginSession, foldEvent } from '#model/session-fold.ts';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import type { Batch } from './batch.ts';
import { CaptureWriter } from './capture-writer.ts';
import { Checksums } from './checksums.ts';
import { createCapture, openWriter } from './database.ts';
import { SegmentReader, SegmentWriter, segmentPath } from './segments.ts';
import { SessionReader } from './session-reader.ts';
import { exchange } from './testing/arbitraries.ts';
import { batchMaker, temporaryFolder } from './testing.ts';

interface Capture extends Disposable {
  readonly path: string;
  readonly db: DatabaseSync;
  readonly reader: SessionReader;
  write(...events: readonly CaptureEvent[]): void;
}

function openNew(segmentBytes = 1e6): Capture {
  const stack = new DisposableStack();
  const path = `${stack.use(temporaryFolder()).path}/a.sluice`;
  createCapture(path);
  const db = stack.use(openWriter(path));
  const writer = new CaptureWriter(db, stack.use(new SegmentWriter(path, segmentBytes)));
  const reader = new SessionReader(db, stack.use(new SegmentReader(path, new Checksums(db))));
  const make: (...events: readonly CaptureEvent[]) => Batch = batchMaker();
  return {
    path,
    db,
    reader,
    write: (...events) => writer.write(make(...events)),
    [Symbol.dispose]: () => stack.dispose(),
  };
}

/** What one session's events mean: the fold's word for it. */
function meaning(events: readonly CaptureEvent[]) {
  const [begin, ...rest] = events;
  if (begin?.type !== 'begin') throw new Error('a session begins with begin');
  const session = beginSession(begin);
  const bodies = { request: [] as number[], response: [] as number[] };
  const messages: Message[] = [];
  for (const event of rest) {
    if (event.type === 'begin') throw new Error('a session begins once');
    if (event.type === 'request-data') bodies.request.push(...event.data);
    if (event.type === 'response-data') bodies.response.push(...event.data);
    if (event.type === 'message') messages.push({ index: messages.length, ...event.message });
    foldEvent(session, event);
  }
  return { session, bodies, messages };
}

describe('every session', () => {
  it.each([100, 1e6])(
    'is what the fold of its events is, however they come together (segments of %d)',
    (segmentBytes) => {
      using capture = openNew(segmentBytes);
      let first = 1;
      fc.assert(
        fc.property(
          fc.array(exchange, { minLength: 1, maxLength: 3 }),
          fc.infiniteStream(fc.nat({ max: 7 })),
          (exchanges, dice) => {
            const told = exchanges.map((make) => make(first++));
            const left = told.map((events) => [...events]);
            const batch: CaptureEvent[] = [];
            while (left.some((events) => events.length > 0)) {
              const event = left[dice.next().value % left.length]?.shift();
              if (event !== undefined) batch.push(event);
              if (dice.next().value > 5) capture.write(...batch.splice(0));
            }
            capture.write(...batch);
            for (const events of told) {
              const { session, bodies, messages } = meaning(events);
              const { id } = session.row;
              expect(capture.reader.get(id)).toEqual(session);
              for (const side of ['request', 'response'] as const) {
                expect([...capture.reader.readBody(id, side, 0, 1e6)]).toEqual(bodies[side]);
                expect([...capture.reader.readBody(id, side, 3, 20)]).toEqual(bodies[side].slice(3, 20));
              }
              expect(capture.reader.messages(id, 0, 100)).toEqual(messages);
              expect(capture.reader.messages(id, 1, 2)).toEqual(messages.slice(1, 3));
            }
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});

describe('a session', () => {
  let capture: Capture;
  beforeEach(() => {
    capture = openNew();
  });
  afterEach(() => capture[Symbol.dispose]());

  it('that is not there is nothing', () => {
    expect(capture.reader.get(999)).toBeUndefined();
    expect(capture.reader.readBody(999, 'request', 0, 10)).toHaveLength(0);
    expect(capture.reader.messages(999, 0, 10)).toEqual([]);
  });

  it('has its body by range, shorter at the end', () => {
    capture.write(...eventsOf(makeSession({ id: 1, responseBody: 'xxxxx' })));
    const text = (start: number, end: number) =>
      new TextDecoder().decode(capture.reader.readBody(1, 'response', start, end));
    expect([text(0, 100), text(1, 3), text(4, 9)]).toEqual(['xxxxx', 'xx', 'x']);
    expect([text(5, 9), text(9, 12), text(3, 3), text(3, 1)]).toEqual(['', '', '', '']);
    expect(capture.reader.readBody(1, 'request', 0, 10)).toHaveLength(0);
  });

  it('has with it what people and checks added', () => {
    capture.write(...eventsOf(makeSession({ id: 1 })));
    capture.db.exec("UPDATE sessions SET mark = 3, comment = 'look', findings = 2, severity = 4");
    expect(capture.reader.get(1)?.row).toMatchObject({
      mark: 3,
      comment: 'look',
      findings: 2,
      severity: 'high',
    });
  });

  it('has octets only where they say more than the pairs', () => {
    const head = {
      method: 'GET',
      target: '/',
      httpVersion: 'HTTP/1.1',
      headers: [['A', 'b']] as [string, string][],
    };
    const write = (id: number, raw: string) => {
      const [begin, ...rest] = [...eventsOf(makeSession({ id }))];
      if (begin?.type !== 'begin') throw new Error('no begin');
      capture.write({ ...begin, head: { ...head, raw } }, ...rest);
      return capture.reader.get(id)?.request.head;
    };
    expect(write(1, 'GET / HTTP/1.1\r\nA: b\r\n\r\n')).toEqual(head);
    const odd = 'GET / HTTP/1.1\r\nA:b\r\n\r\n';
    expect(write(2, odd)).toEqual({ ...head, raw: odd });
  });
});

describe('a damaged capture', () => {
  const body = 'b'.repeat(500);
  let capture: Capture;
  let segment: string;
  beforeEach(() => {
    capture = openNew();
    segment = segmentPath(capture.path, 1);
    capture.write(
      ...eventsOf(makeSession({ id: 1, responseBody: body })),
      ...eventsOf(makeSession({ id: 2, facts: { serverTls: { version: 'TLSv1.3' } } })),
    );
  });
  afterEach(() => capture[Symbol.dispose]());
  const damaged = expect.objectContaining({ code: 'capture-damaged' });

  it('says so when segments are lost, and still lists', () => {
    writeFileSync(segment, '');
    expect(() => capture.reader.get(1)).toThrow(damaged);
    expect(() => capture.reader.readBody(1, 'response', 0, 10)).toThrow(damaged);
    expect(capture.db.prepare('SELECT count(*) AS n FROM sessions').get()).toEqual({ n: 2 });
  });

  it.each([
    ['nothing', 0],
    ['something else', 0x41],
    ['all bits', 0xff],
  ])('says so when there is %s where a log was', (_, filler) => {
    copyFileSync(segment, `${segment}.old`);
    writeFileSync(segment, Buffer.alloc(100_000, filler));
    expect(() => capture.reader.get(1)).toThrow(damaged);
    expect(() => capture.reader.readBody(1, 'response', 0, 10)).toThrow(/session 1/);
    copyFileSync(`${segment}.old`, segment);
    expect(capture.reader.get(1)?.row.id).toBe(1);
  });

  it('does not give one session for another', () => {
    capture.db.exec(
      'UPDATE sessions SET (segment, position, length) = (SELECT segment, position, length FROM sessions WHERE id = 2) WHERE id = 1',
    );
    expect(() => capture.reader.get(1)).toThrow(damaged);
    expect(capture.reader.get(2)?.row.id).toBe(2);
  });

  it('says so when a text is lost', () => {
    capture.db.exec("DELETE FROM texts WHERE text LIKE '%TLSv1.3%'");
    expect(() => capture.reader.get(2)).toThrow(/there is no text/);
    expect(capture.reader.get(1)?.row.id).toBe(1);
  });

  it('ends also when the pieces of a log go round in a circle', () => {
    // A piece of session 1, five bytes long, that names itself as the one before it.
    writeFileSync(segment, Uint8Array.of(0xa7, 1, 5, 1, 0));
    capture.db.exec('UPDATE sessions SET segment = 1, position = 0, length = 5 WHERE id = 1');
    expect(() => capture.reader.get(1)).toThrow(damaged);
  });
});
