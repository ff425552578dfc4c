import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

const reader = (...bytes: number[]) => new ByteReader(Buffer.from(bytes));
const READS = ['byte', 'count', 'number', 'float', 'text', 'block'] as const;

describe('a reader', () => {
  it('reads a part and nothing beyond it', () => {
    const from = new ByteReader(Buffer.from([9, 1, 2, 9]), 1, 3);
    expect([from.byte(), from.byte(), from.done]).toEqual([1, 2, true]);
    expect(() => from.byte()).toThrow(RangeError);
    expect(from.at).toBe(3);
  });

  it('goes from block to block', () => {
    const from = reader(2, 0, 0, 0, 65, 66, 0, 0, 0, 0);
    expect(from.block()).toEqual({ start: 4, end: 6 });
    expect(from.block()).toEqual({ start: 10, end: 10 });
    expect(from.done).toBe(true);
  });

  it.each(READS)('says that the bytes end too early: %s', (kind) => {
    expect(() => reader()[kind]()).toThrow(RangeError);
  });

  it.each([
    ['a count that never ends', 'count', Array(30).fill(0xff)],
    ['a text longer than the bytes', 'text', [200, 1, 65]],
    ['a wide text cut in half', 'text', [5, 65, 0, 66]],
    ['a block longer than the bytes', 'block', [3, 0, 0, 0, 1, 2]],
    ['a block of four gigabytes', 'block', [255, 255, 255, 255, 1]],
    ['half a number', 'number', [0, 1, 2, 3]],
  ] as const)('refuses %s', (_, kind, bytes) => {
    expect(() => reader(...bytes)[kind]()).toThrow(RangeError);
  });

  it('makes of any bytes a value or a RangeError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(fc.constantFrom(...READS)), (bytes, kinds) => {
        const from = new ByteReader(Buffer.from(bytes));
        for (const kind of kinds) {
          try {
            from[kind]();
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
          expect(from.at).toBeLessThanOrEqual(bytes.length);
        }
      }),
    );
  });

  it('reads texts without keeping the bytes', () => {
    const to = new ByteWriter(Buffer.alloc(100));
    to.text('octets \xff');
    to.text('wide \u20ac');
    const bytes = Buffer.from(to.written);
    const from = new ByteReader(bytes);
    const texts = [from.text(), from.text()];
    bytes.fill(0);
    expect(texts).toEqual(['octets \xff', 'wide \u20ac']);
  });
});
