import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ByteQueue } from './byte-queue.ts';

describe('octets that wait', () => {
  it('come out as they went in, in pieces as large as asked for at most', () => {
    const queue = new ByteQueue();
    queue.push(Buffer.from('hello '));
    queue.push(Buffer.from('world'));
    expect(queue.length).toBe(11);
    expect(queue.shift(4)?.toString()).toBe('hell');
    expect(queue.shift(100)?.toString()).toBe('o world');
    expect(queue.length).toBe(0);
    expect(queue.shift(1)).toBeUndefined();
  });

  it('gives nothing where nothing is asked for, and nothing after it was cleared', () => {
    const queue = new ByteQueue();
    queue.push(Buffer.from('x'));
    expect(queue.shift(0)).toBeUndefined();
    queue.clear();
    expect([queue.length, queue.shift(1)]).toEqual([0, undefined]);
  });

  it('small pieces let go of the buffer they came in', () => {
    const queue = new ByteQueue();
    const source = Buffer.alloc(64 * 1024, 'x');
    queue.push(source.subarray(0, 10));
    expect(queue.shift(10)?.buffer).not.toBe(source.buffer);
    queue.push(source);
    expect(queue.shift(source.length)?.buffer).toBe(source.buffer);
  });

  it('many small pieces cost little more than what they hold', () => {
    const queue = new ByteQueue();
    const octet = Buffer.from('x');
    for (let i = 0; i < 100_000; i += 1) queue.push(octet);
    let pieces = 0;
    while (queue.shift(1_000_000) !== undefined) pieces += 1;
    expect(pieces).toBeLessThan(10);
  });
});

test('any pushes and shifts keep the order', () => {
  const step = fc.oneof(
    fc.uint8Array({ maxLength: 50 }).map((bytes) => ({ bytes })),
    fc.integer({ min: 8000, max: 9000 }).map((size) => ({ bytes: new Uint8Array(size).fill(size) })),
    fc.integer({ max: 20_000 }).map((take) => ({ take })),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const queue = new ByteQueue();
      let expected = Buffer.alloc(0);
      for (const each of steps) {
        if ('bytes' in each) {
          expected = Buffer.concat([expected, each.bytes]);
          queue.push(Buffer.from(each.bytes));
        } else {
          const piece = queue.shift(each.take) ?? Buffer.alloc(0);
          expect(piece.equals(expected.subarray(0, piece.length))).toBe(true);
          expected = expected.subarray(piece.length);
        }
        expect(queue.length).toBe(expected.length);
      }
    }),
  );
});
