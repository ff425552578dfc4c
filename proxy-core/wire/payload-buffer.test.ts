import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PayloadBuffer } from './payload-buffer.ts';

const text = (payload: PayloadBuffer) => Buffer.from(payload.take()).toString('latin1');

function appendAll(payload: PayloadBuffer, ...pieces: string[]): PayloadBuffer {
  for (const piece of pieces) payload.append(Buffer.from(piece, 'latin1'), 0, piece.length);
  return payload;
}

describe('PayloadBuffer', () => {
  it('joins what it is given', () => {
    const payload = appendAll(new PayloadBuffer(100), 'Hel', '', 'lo', '!');
    expect(payload).toMatchObject({ size: 6, cut: false });
    expect(text(payload)).toBe('Hello!');
  });

  it('takes the part asked for, and copies it', () => {
    const bytes = Buffer.from('xxHelloxx');
    const payload = new PayloadBuffer(100);
    payload.append(bytes, 2, 7);
    bytes.fill(0);
    expect(text(payload)).toBe('Hello');
  });

  it('keeps up to its limit and counts the rest', () => {
    const payload = appendAll(new PayloadBuffer(4), 'abc', 'def', 'ghi');
    expect(payload).toMatchObject({ size: 9, cut: true });
    expect(text(payload)).toBe('abcd');
  });

  it('is not cut by what fits exactly', () => {
    const payload = appendAll(new PayloadBuffer(4), 'abcd');
    expect(payload.cut).toBe(false);
    expect(text(payload)).toBe('abcd');
  });

  it('keeps nothing with a limit of 0', () => {
    const payload = appendAll(new PayloadBuffer(0), 'abc');
    expect(payload).toMatchObject({ size: 3, cut: true });
    expect(payload.take()).toEqual(new Uint8Array());
  });

  it('takes masks off', () => {
    const payload = new PayloadBuffer(100);
    payload.append(Buffer.of(0x7f, 0x9f, 0x4d, 0x51, 0x58), 0, 5, 0x37fa213d);
    expect(text(payload)).toBe('Hello');
  });

  it('is empty again after take', () => {
    const payload = appendAll(new PayloadBuffer(4), 'abcdef');
    payload.take();
    expect(payload).toMatchObject({ size: 0, cut: false });
    expect(text(appendAll(payload, 'xy'))).toBe('xy');
  });

  it('owns exactly the memory of its result', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 20 });
    fc.assert(
      fc.property(pieces, fc.nat({ max: 20_000 }), (pieces, limit) => {
        const payload = new PayloadBuffer(limit);
        for (const piece of pieces) payload.append(piece, 0, piece.length);
        const all = Buffer.concat(pieces);
        expect(payload.size).toBe(all.length);
        const taken = payload.take();
        expect(Buffer.compare(taken, all.subarray(0, limit))).toBe(0);
        expect(taken.buffer.byteLength).toBe(taken.length);
      }),
    );
  });

  it('appends a million single octets in linear time', () => {
    const payload = new PayloadBuffer(10_000_000);
    const octet = Buffer.of(7);
    for (let i = 0; i < 1_000_000; i++) payload.append(octet, 0, 1);
    expect(payload.size).toBe(1_000_000);
    expect(payload.take().every((each) => each === 7)).toBe(true);
  });
});
