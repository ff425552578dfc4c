import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { putMessage, takeMessage } from './message-codec.ts';
import { message } from './testing/arbitraries.ts';

it('gives messages back exactly, but for their data', () => {
  fc.assert(
    fc.property(fc.array(message), (list) => {
      const to = new ByteWriter(Buffer.alloc(16));
      for (const one of list) putMessage(to, one);
      const from = new ByteReader(to.written);
      for (const { data, ...rest } of list)
        expect(takeMessage(from)).toEqual({ message: rest, length: data.length });
      expect(from.done).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it('takes few bytes for a plain one', () => {
  const to = new ByteWriter(Buffer.alloc(16));
  putMessage(to, { direction: 'sent', at: 1_750_000_000_000.5, opcode: 1, data: new Uint8Array(100) });
  expect(to.length).toBe(11);
});

it('knows what is false from what is absent, and what is empty', () => {
  const plain = { direction: 'received' as const, at: 0, opcode: 1, data: new Uint8Array() };
  const all = [
    plain,
    { ...plain, compressed: false },
    { ...plain, flaw: '', event: { type: '' } },
    { ...plain, event: { type: 'tick', id: '', retry: 0 }, closeCode: 0 },
  ];
  const to = new ByteWriter(Buffer.alloc(16));
  for (const one of all) putMessage(to, one);
  const from = new ByteReader(to.written);
  for (const { data: _, ...rest } of all) expect(takeMessage(from).message).toStrictEqual(rest);
});

it('refuses one that is cut short', () => {
  const to = new ByteWriter(Buffer.alloc(16));
  putMessage(to, {
    direction: 'sent',
    at: 1,
    opcode: 8,
    closeCode: 1000,
    data: new Uint8Array(2),
    flaw: 'late',
  });
  for (let length = 0; length < to.length; length++) {
    expect(() => takeMessage(new ByteReader(to.written, 0, length))).toThrow(RangeError);
  }
});
