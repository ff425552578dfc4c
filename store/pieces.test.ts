import { describe, expect, it } from 'vitest';
import type { CaptureEvent } from '#model/capture-event.ts';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import type { Flight } from './flight.ts';
import { Flights } from './flights.ts';
import { takeMessage } from './message-codec.ts';
import { putMessages, putPiece, takePiece } from './pieces.ts';
import { readFirstRuns, readLog } from './session-log.ts';
import { batchMaker } from './testing.ts';

/** A session in flight as a batch of these events leaves it, and that batch's operations. */
function fly(events: Iterable<CaptureEvent>): { flight: Flight; operations: Buffer } {
  const batch = batchMaker()(...events);
  const { changed } = new Flights(0, () => false).gather(batch, { segment: 1, position: 0 });
  const [flight] = changed;
  if (flight === undefined) throw new Error('nothing changed');
  return { flight, operations: Buffer.from(batch.operations) };
}
const written = (put: (to: ByteWriter) => void) => {
  const to = new ByteWriter(Buffer.alloc(0));
  put(to);
  return Buffer.from(to.written);
};

describe('a piece', () => {
  const full = makeSession({ id: 9 });
  const { flight, operations } = fly(eventsOf(full));

  it('holds the entries, the runs, and nothing of a piece before the first', () => {
    const bytes = written((to) => putPiece(to, flight, flight.runs, operations));
    const { entries, before } = takePiece(bytes, 9);
    expect(before.length).toBe(0);
    expect(readFirstRuns([entries])).toEqual([{ side: 1, segment: 1, position: 0 }]);
    const log = readLog([entries], full.session.row, () => '');
    expect(log.head).toEqual(full.session.request.head);
    expect(log.events.map(({ type }) => type)).toEqual([
      'facts',
      'request-end',
      'response-head',
      'response-end',
      'end',
    ]);
  });

  it('names the place of the piece before it', () => {
    flight.segment = 4;
    flight.position = 2 ** 31;
    flight.length = 77;
    const { before } = takePiece(
      written((to) => putPiece(to, flight, [], operations)),
      9,
    );
    expect(before).toEqual({ segment: 4, position: 2 ** 31, length: 77 });
  });

  it('is refused where another session, a hole or nothing is', () => {
    const bytes = written((to) => putPiece(to, flight, [], operations));
    expect(() => takePiece(bytes, 8)).toThrow('session 8');
    expect(() => takePiece(Buffer.alloc(50), 9)).toThrow(RangeError);
    expect(() => takePiece(Buffer.alloc(0), 9)).toThrow(RangeError);
  });
});

describe('messages', () => {
  it('stand in order, each with the offset of its data', () => {
    const message = (text: string, opcode: number) => ({
      direction: 'sent' as const,
      at: opcode,
      opcode,
      data: new TextEncoder().encode(text),
    });
    const session = makeSession({
      kind: 'websocket',
      status: 101,
      messages: [message('abc', 1), message('de', 2)],
    });
    const { flight, operations } = fly(eventsOf({ ...session, responseBody: new Uint8Array(7) }));
    const from = new ByteReader(written((to) => putMessages(to, flight, operations)));
    const told = [1, 2].map(() => ({ offset: from.count(), ...takeMessage(from) }));
    expect(told).toEqual([
      { offset: 7, length: 3, message: { direction: 'sent', at: 1, opcode: 1 } },
      { offset: 10, length: 2, message: { direction: 'sent', at: 2, opcode: 2 } },
    ]);
    expect(from.done).toBe(true);
  });
});
