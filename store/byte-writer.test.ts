import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

const writer = (capacity = 4) => new ByteWriter(Buffer.alloc(capacity));

/** One value of each kind, how it is written and how it is read. */
const values = fc.oneof(
  fc.record({ kind: fc.constant('byte' as const), value: fc.nat({ max: 255 }) }),
  fc.record({ kind: fc.constant('count' as const), value: fc.oneof(fc.nat({ max: 300 }), fc.maxSafeNat()) }),
  fc.record({
    kind: fc.constant('number' as const),
    value: fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double()),
  }),
  fc.record({ kind: fc.constant('float' as const), value: fc.double() }),
);
const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.string({
    unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    maxLength: 300,
  }),
);

describe('numbers and texts', () => {
  it('come back exactly, in order, however small the buffer was', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(values, texts)), fc.nat({ max: 64 }), (list, capacity) => {
        const to = writer(capacity);
        for (const item of list) {
          if (typeof item === 'string') to.text(item);
          else to[item.kind](item.value);
        }
        const from = new ByteReader(to.written);
        for (const item of list) {
          if (typeof item === 'string') expect(from.text()).toBe(item);
          else expect(from[item.kind]()).toBe(item.value);
        }
        expect(from.done).toBe(true);
      }),
    );
  });

  it.each([
    [0, 1],
    [127, 1],
    [128, 2],
    [16_383, 2],
    [16_384, 3],
    [2 ** 31, 5],
    [Number.MAX_SAFE_INTEGER, 8],
  ])('take little space: the count %d in %d bytes', (value, size) => {
    const to = writer();
    to.count(value);
    expect(to.length).toBe(size);
  });

  it('take a byte for each octet, and two for what is none', () => {
    const to = writer();
    to.text('\xff'.repeat(10));
    expect(to.length).toBe(11);
    to.text('\u0100'.repeat(10));
    expect(to.length).toBe(11 + 21);
  });
});

describe('bytes', () => {
  it('are copied as they are', () => {
    const to = writer();
    const source = Buffer.from('0123456789');
    to.raw(source.subarray(2, 5));
    to.copy(source, 5, 9);
    source.fill(0);
    expect(to.written.toString()).toBe('2345678');
  });

  it('in a block are preceded by how many they are', () => {
    const to = writer();
    const start = to.openBlock();
    to.text('abc');
    const inner = to.openBlock();
    to.closeBlock(inner);
    to.closeBlock(start);
    expect([...to.written]).toEqual([8, 0, 0, 0, 6, 97, 98, 99, 0, 0, 0, 0]);
  });
});

describe('what was written', () => {
  it('can be cut back', () => {
    const to = writer();
    to.text('keep');
    const { length } = to;
    to.text('half of something');
    to.cut(length);
    to.byte(7);
    expect([...to.written.subarray(-2)]).toEqual([112, 7]);
  });

  it('stays when the writer goes on in another buffer', () => {
    const to = writer(100);
    to.text('first');
    const first = to.written;
    to.reset(Buffer.alloc(3));
    to.text('second');
    expect(first.toString('latin1', 1)).toBe('first');
    expect(to.written.toString('latin1', 1)).toBe('second');
    to.reset();
    expect(to.length).toBe(0);
  });
});
