import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureEvent } from '#model/capture-event.ts';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import { OPERATION } from './batch.ts';
import { type BatchHandler, type Beginning, readBatch } from './batch-reader.ts';
import { codeOf, FAILURES, KINDS, SOURCES, STATES } from './codes.ts';
import { batchMaker } from './testing.ts';

const silent: BatchHandler = {
  text: () => {},
  origin: () => {},
  begin: () => {},
  response: () => {},
  logged: () => {},
  data: () => {},
  message: () => {},
  process: () => {},
  end: () => {},
};

function beginningOf(event: CaptureEvent): Beginning {
  const found: Beginning[] = [];
  readBatch(batchMaker()(event), { ...silent, begin: (beginning) => found.push(beginning) });
  const [beginning] = found;
  if (beginning === undefined) throw new Error('nothing began');
  return beginning;
}
function eventOf(type: CaptureEvent['type'], events: Iterable<CaptureEvent>): CaptureEvent {
  for (const event of events) if (event.type === type) return event;
  throw new Error(`no ${type}`);
}

describe('a batch', () => {
  it('says of a beginning what its row needs', () => {
    const full = makeSession({
      id: 2 ** 40,
      kind: 'tunnel',
      source: 'composer',
      url: 'https://a.test?x',
      parentId: 2 ** 33,
      startedAt: 1.5,
    });
    expect(beginningOf(eventOf('begin', eventsOf(full)))).toEqual({
      id: 2 ** 40,
      kind: codeOf(KINDS, 'tunnel'),
      source: codeOf(SOURCES, 'composer'),
      startedAt: 1.5,
      method: 2,
      version: 3,
      origin: 1,
      secure: true,
      path: '/?x',
      url: 'https://a.test?x',
      parentId: 2 ** 33,
    });
    const plain = beginningOf(eventOf('begin', eventsOf(makeSession({ url: 'http://a.test/\u20ac' }))));
    expect(plain).toMatchObject({ secure: false, path: '/\u20ac', url: undefined, parentId: undefined });
  });

  it('says of an answer that it makes the session another kind, and of an end why', () => {
    const lines: unknown[] = [];
    const full = makeSession({
      kind: 'websocket',
      status: 101,
      state: 'failed',
      failure: { code: 'reset', detail: 'x' },
      durationMs: 5,
    });
    readBatch(batchMaker()(...eventsOf(full)), {
      ...silent,
      response: (id, status, _, kind) => lines.push([id, status, kind]),
      end: (id, state, at, failure) => lines.push([id, state, at - full.session.row.startedAt, failure]),
    });
    expect(lines).toEqual([
      [1, 101, codeOf(KINDS, 'websocket')],
      [1, codeOf(STATES, 'failed'), 5, codeOf(FAILURES, 'reset')],
    ]);
  });

  it('tells where entries lie, one behind the other where a session has several', () => {
    const places: [number, number][] = [];
    const note = (_: number, start: number, end: number) => places.push([start, end]);
    const batch = batchMaker()(
      ...[...eventsOf(makeSession({ responseBody: '' }))].filter(({ type }) => type.endsWith('-end')),
    );
    readBatch(batch, { ...silent, logged: note });
    expect(places.map(([start, end]) => end - start)).toEqual([5, 5]);
    for (const [start] of places) expect(batch.operations[start]).toBeGreaterThan(0);
  });
});

describe('what is no batch', () => {
  const read = (...operations: number[]) =>
    readBatch({ operations: Uint8Array.from(operations), bytes: new Uint8Array() }, silent);

  it('is refused', () => {
    expect(() => read(99, 1)).toThrow('99');
    expect(() => read(OPERATION.logged, 1)).toThrow(RangeError);
    expect(() => read(OPERATION.logged, 1, 4, 9, 0, 0, 0)).toThrow(RangeError);
  });

  it('ends in a RangeError or in nothing, always', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (operations) => {
        try {
          read(...operations);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });

  it('is a batch cut short at any byte', () => {
    const make = batchMaker();
    const begin = eventOf('begin', eventsOf(makeSession()));
    make(begin);
    const { operations, bytes } = make(begin);
    for (let length = 1; length < operations.length; length++) {
      const cut = { operations: operations.slice(0, length), bytes };
      expect(() => readBatch(cut, silent), `${length}`).toThrow(RangeError);
    }
  });
});
