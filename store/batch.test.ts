import { describe, expect, it } from 'vitest';
import type { CaptureEvent } from '#model/capture-event.ts';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import { packBatch, unpackBatch } from './batch.ts';

const message = {
  direction: 'received' as const,
  at: 1.5,
  opcode: 8,
  closeCode: 1000,
  data: new Uint8Array([3, 232]),
};

describe('a batch', () => {
  it('carries every event and byte, in order', () => {
    const events: CaptureEvent[] = [
      ...eventsOf(makeSession({ id: 1, requestBody: 'abc', requestHeaders: [['X-Obs', '\xff\x80']] })),
      { type: 'message', id: 9, message },
      ...eventsOf(makeSession({ id: 2, requestBody: 'd\0e', responseTrailers: [['A', 'b']] })),
    ];
    expect(unpackBatch(packBatch(events)).map(({ event }) => event)).toEqual(events);
  });

  it('says where the bytes of an event begin', () => {
    const data = (id: number, text: string): CaptureEvent => ({
      type: 'request-data',
      id,
      data: new TextEncoder().encode(text),
    });
    const batch = packBatch([
      data(1, 'abc'),
      { type: 'request-end', id: 1 },
      { type: 'message', id: 2, message },
      data(3, 'z'),
    ]);
    expect(unpackBatch(batch).map(({ offset }) => offset)).toEqual([0, 3, 3, 5]);
    expect(Buffer.from(batch.bytes)).toEqual(Buffer.from([97, 98, 99, 3, 232, 122]));
  });

  it('copies, so that slices of buffers in use elsewhere stay whole', () => {
    const shared = new TextEncoder().encode('0123456789');
    const batch = packBatch([{ type: 'request-data', id: 1, data: shared.subarray(2, 5) }]);
    shared.fill(0);
    expect(new TextDecoder().decode(batch.bytes)).toBe('234');
    expect(batch.bytes.buffer.byteLength).toBe(3);
  });

  it('may be empty', () => {
    expect(unpackBatch(packBatch([]))).toEqual([]);
  });
});
