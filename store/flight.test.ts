import { beforeEach, describe, expect, it } from 'vitest';
import type { Beginning } from './batch-reader.ts';
import { codeOf, KINDS, SOURCES, STATES } from './codes.ts';
import { Flight } from './flight.ts';

const begun: Beginning = {
  id: 1,
  kind: codeOf(KINDS, 'http'),
  source: codeOf(SOURCES, 'proxy'),
  startedAt: 0,
  method: 1,
  version: 2,
  origin: 3,
  secure: true,
  path: '/',
  url: undefined,
  parentId: undefined,
};
let flight: Flight;
beforeEach(() => {
  flight = new Flight(begun);
});

describe('a body', () => {
  const runs = () => flight.runs.map(({ side, start, position, length }) => [side, start, position, length]);

  it('grows in one run while its bytes follow each other', () => {
    flight.extend(0, 5, 1, 100);
    flight.extend(0, 3, 1, 105);
    flight.extend(0, 0, 1, 900);
    expect(runs()).toEqual([[0, 0, 100, 8]]);
    expect(flight.sizes).toEqual([8, 0]);
  });

  it('begins another run after a gap, in another segment, and on the other side', () => {
    flight.extend(1, 5, 1, 100);
    flight.extend(1, 5, 1, 106);
    flight.extend(1, 5, 2, 111);
    flight.extend(0, 5, 2, 116);
    expect(runs()).toEqual([
      [1, 0, 100, 5],
      [1, 5, 106, 5],
      [1, 10, 111, 5],
      [0, 0, 116, 5],
    ]);
  });

  it('goes on with a run of a batch before, and tells it once', () => {
    flight.extend(1, 5, 1, 100);
    flight.settle();
    expect(flight.runs).toEqual([]);
    flight.extend(1, 5, 1, 105);
    flight.extend(1, 5, 1, 110);
    expect(runs()).toEqual([[1, 0, 100, 15]]);
  });
});

describe('entries', () => {
  it('that follow each other are one piece', () => {
    flight.log(10, 20);
    flight.log(20, 25);
    flight.log(40, 45);
    expect(flight.entries).toEqual([10, 25, 40, 45]);
    flight.settle();
    flight.log(45, 50);
    expect(flight.entries).toEqual([45, 50]);
  });
});

describe('messages', () => {
  it('are counted for ever and kept for a batch', () => {
    flight.hear(0, 10, 20);
    flight.hear(5, 20, 30);
    expect(flight.messageEntries).toEqual([0, 10, 20, 5, 20, 30]);
    flight.settle();
    flight.hear(7, 1, 2);
    expect(flight.messages).toBe(3);
    expect(flight.messageEntries).toEqual([7, 1, 2]);
  });
});

describe('decrypted', () => {
  it.each<[string, boolean, Partial<Beginning>, string, string]>([
    ['a completed one', true, {}, 'http', 'completed'],
    ['a WebSocket', true, {}, 'websocket', 'completed'],
    ['an active one', false, {}, 'http', 'active'],
    ['a failed one', false, {}, 'http', 'failed'],
    ['a tunnel', false, {}, 'tunnel', 'completed'],
    ['one in the clear', false, { secure: false }, 'http', 'completed'],
    ['one of the composer', false, { source: 1 }, 'http', 'completed'],
  ])('%s: %s', (_, expected, more, kind, state) => {
    flight = new Flight({ ...begun, ...more });
    flight.kind = codeOf<string>(KINDS, kind);
    flight.state = codeOf<string>(STATES, state);
    expect(flight.decrypted).toBe(expected);
  });
});
