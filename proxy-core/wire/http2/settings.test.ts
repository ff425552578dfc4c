import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, readSettings } from './settings.ts';

const payload = (...entries: readonly (readonly [number, number])[]) =>
  Buffer.concat(
    entries.map(([id, value]) => {
      const entry = Buffer.alloc(6);
      entry.writeUInt16BE(id);
      entry.writeUInt32BE(value, 2);
      return entry;
    }),
  );
const read = (...entries: readonly (readonly [number, number])[]) => {
  const bytes = payload(...entries);
  return readSettings(DEFAULT_SETTINGS, bytes, 0, bytes.length);
};

describe('what a peer says of itself', () => {
  it('changes what it names, and unknown settings change nothing', () => {
    expect(read([1, 0], [3, 7], [4, 100], [0xf0f0, 1], [5, 16_777_215], [6, 1], [2, 1])).toEqual({
      headerTableSize: 0,
      initialWindow: 100,
      maxStreams: 7,
    });
    expect(read()).toEqual(DEFAULT_SETTINGS);
  });

  it('the last of several counts', () => {
    expect(read([4, 1], [4, 2]).initialWindow).toBe(2);
  });

  it.each([
    ['push neither on nor off', 2, 2, 1],
    ['a window above the largest', 4, 0x8000_0000, 3],
    ['frames smaller than allowed', 5, 16_383, 1],
    ['frames larger than there are', 5, 16_777_216, 1],
  ])('refuses %s', (_name, id, value, code) => {
    expect(() => read([id, value])).toThrow(expect.objectContaining({ code }));
  });
});
