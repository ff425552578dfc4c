import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BodyIndex, fingerprint, SHARED_BYTES } from './body-index.ts';

/** Bytes by position, as a segment has them. */
function reader(stored: Buffer) {
  return {
    read: ({ position }: { position: number }, target: Uint8Array) => {
      if (position + target.length > stored.length) throw new RangeError('too short');
      target.set(stored.subarray(position, position + target.length));
    },
  };
}
const print = (body: Uint8Array) => fingerprint(body) ?? 0;

describe('a fingerprint', () => {
  it('is that of length, beginning and end', () => {
    const body = randomBytes(10_000);
    expect(fingerprint(Buffer.from(body))).toBe(fingerprint(body));
    for (const at of [0, 2047, 9999]) {
      const other = Buffer.from(body);
      other[at] = (other[at] ?? 0) ^ 1;
      expect(fingerprint(other)).not.toBe(fingerprint(body));
    }
    expect(fingerprint(body.subarray(0, 9999))).not.toBe(fingerprint(body));
    expect(Number.isSafeInteger(print(body))).toBe(true);
  });

  it('is none of bodies that are too short to share, or too long to compare', () => {
    expect(fingerprint(new Uint8Array(SHARED_BYTES - 1))).toBeUndefined();
    expect(fingerprint(new Uint8Array(SHARED_BYTES))).toBeDefined();
    expect(fingerprint(new Uint8Array(9_000_000))).toBeUndefined();
  });
});

describe('an index of bodies', () => {
  it('finds what lies where it was said to, byte for byte', () => {
    const body = randomBytes(6000);
    const index = new BodyIndex(reader(Buffer.concat([Buffer.alloc(100), body])));
    expect(index.find(print(body), body)).toBeUndefined();
    index.add(print(body), body.length, { segment: 2, position: 100 });
    expect(index.find(print(body), body)).toEqual({ segment: 2, position: 100 });
    const other = Buffer.from(body);
    other[3000] = (other[3000] ?? 0) ^ 1;
    expect(print(other)).toBe(print(body));
    expect(index.find(print(other), other)).toBeUndefined();
  });

  it('does not find what cannot be read any more, nor what it forgot', () => {
    const body = randomBytes(6000);
    const index = new BodyIndex(reader(body));
    index.add(print(body), body.length, { segment: 1, position: 1 });
    expect(index.find(print(body), body)).toBeUndefined();
    index.add(print(body), body.length, { segment: 1, position: 0 });
    expect(index.find(print(body), body)).toBeDefined();
    index.forget();
    expect(index.find(print(body), body)).toBeUndefined();
  });
});
