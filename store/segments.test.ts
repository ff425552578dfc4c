import { appendFileSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSegment, SegmentWriter, segmentPath } from './segments.ts';
import { temporaryFolder } from './testing.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const bytes = (text: string) => new TextEncoder().encode(text);
function read(place: { segment: number; position: number }, length: number): string {
  const target = new Uint8Array(length);
  readSegment(folder.path, place, target);
  return new TextDecoder().decode(target);
}

describe('segments', () => {
  it('keep what is appended, each piece in one place', () => {
    using writer = new SegmentWriter(folder.path, 1000);
    const first = writer.append(bytes('hello '));
    const second = writer.append(bytes('world'));
    expect([first, second]).toEqual([
      { segment: 1, position: 0 },
      { segment: 1, position: 6 },
    ]);
    expect(read(second, 5)).toBe('world');
    expect(read({ segment: 1, position: 4 }, 4)).toBe('o wo');
  });

  it('are followed by another when full, never split', () => {
    using writer = new SegmentWriter(folder.path, 10);
    const places = ['123456', '789012', 'x'].map((text) => writer.append(bytes(text)));
    expect(places.map(({ segment, position }) => `${segment}:${position}`)).toEqual(['1:0', '1:6', '2:0']);
    expect(readdirSync(folder.path)).toEqual(['bodies-000001.seg', 'bodies-000002.seg']);
    expect(places.map((place, i) => read(place, [6, 6, 1][i] ?? 0))).toEqual(['123456', '789012', 'x']);
  });

  it('go on after the last byte of the newest one, whatever it is', () => {
    {
      using writer = new SegmentWriter(folder.path, 4);
      writer.append(bytes('abcd'));
      writer.append(bytes('ef'));
    }
    appendFileSync(segmentPath(folder.path, 2), 'garbage of a crash');
    using writer = new SegmentWriter(folder.path, 1000);
    const place = writer.append(bytes('gh'));
    expect(place).toEqual({ segment: 2, position: 20 });
    expect(read(place, 2)).toBe('gh');
    expect(read({ segment: 2, position: 0 }, 2)).toBe('ef');
  });

  it('belong to the user alone', () => {
    using _ = new SegmentWriter(folder.path, 1000);
    if (process.platform !== 'win32') expect(statSync(segmentPath(folder.path, 1)).mode & 0o777).toBe(0o600);
  });

  it('say so when bytes are missing', () => {
    using writer = new SegmentWriter(folder.path, 1000);
    const place = writer.append(bytes('hello'));
    truncateSync(segmentPath(folder.path, 1), 3);
    expect(() => read(place, 5)).toThrow(expect.objectContaining({ code: 'capture-damaged' }));
    rmSync(segmentPath(folder.path, 1));
    expect(() => read(place, 1)).toThrow(/bodies-000001\.seg/);
  });
});
