import { appendFileSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Place, SegmentReader, SegmentWriter, segmentPath } from './segments.ts';
import { temporaryFolder } from './testing.ts';

let folder: ReturnType<typeof temporaryFolder>;
let stack: DisposableStack;
beforeEach(() => {
  stack = new DisposableStack();
  folder = stack.use(temporaryFolder());
});
afterEach(() => stack.dispose());

const bytes = (text: string) => new TextEncoder().encode(text);
const open = (limit = 1000) => stack.use(new SegmentWriter(folder.path, limit));
function read(place: Place, length: number, reader?: SegmentReader): string {
  using own = new SegmentReader(folder.path);
  const target = new Uint8Array(length);
  (reader ?? own).read(place, target);
  return new TextDecoder().decode(target);
}

describe('a writer', () => {
  it('keeps what is appended, each piece in one place', () => {
    const writer = open();
    const first = writer.append(bytes('hello '));
    const second = writer.append(bytes('world'));
    expect([first, second]).toEqual([
      { segment: 1, position: 0 },
      { segment: 1, position: 6 },
    ]);
    expect(read(second, 5)).toBe('world');
    expect(read({ segment: 1, position: 4 }, 4)).toBe('o wo');
  });

  it('appends pieces one behind the other, empty ones too', () => {
    const writer = open();
    writer.append(bytes('x'));
    expect(writer.append(bytes(''), bytes('ab'), bytes(''), bytes('cde'))).toEqual({
      segment: 1,
      position: 1,
    });
    expect(read({ segment: 1, position: 0 }, 6)).toBe('xabcde');
    expect(writer.append()).toEqual({ segment: 1, position: 6 });
  });

  it('begins another segment when one is full, never in the middle of an append', () => {
    const writer = open(10);
    const places = ['123456', '789012', 'x'].map((text) =>
      writer.append(bytes(text.slice(0, 2)), bytes(text.slice(2))),
    );
    expect(places.map(({ segment, position }) => `${segment}:${position}`)).toEqual(['1:0', '1:6', '2:0']);
    expect(readdirSync(folder.path)).toEqual(['bodies-000001.seg', 'bodies-000002.seg']);
    expect(places.map((place, i) => read(place, [6, 6, 1][i] ?? 0))).toEqual(['123456', '789012', 'x']);
  });

  it('says where it will go on, and how much there is', () => {
    const writer = open(10);
    expect([writer.next(), writer.totalBytes]).toEqual([{ segment: 1, position: 0 }, 0]);
    writer.append(bytes('0123456789'));
    expect([writer.next(), writer.totalBytes]).toEqual([{ segment: 2, position: 0 }, 10]);
    expect(writer.append(bytes('abc'))).toEqual({ segment: 2, position: 0 });
    expect(writer.totalBytes).toBe(13);
  });

  it('goes on after the last byte of the newest segment, whatever it is', () => {
    {
      using writer = new SegmentWriter(folder.path, 4);
      writer.append(bytes('abcd'));
      writer.append(bytes('ef'));
    }
    appendFileSync(segmentPath(folder.path, 2), 'garbage of a crash');
    const writer = open();
    expect(writer.totalBytes).toBe(4 + 20);
    const place = writer.append(bytes('gh'));
    expect(place).toEqual({ segment: 2, position: 20 });
    expect(read(place, 2)).toBe('gh');
    expect(read({ segment: 2, position: 0 }, 2)).toBe('ef');
  });

  it('makes files of the user alone', () => {
    open();
    if (process.platform !== 'win32') expect(statSync(segmentPath(folder.path, 1)).mode & 0o777).toBe(0o600);
  });
});

describe('a reader', () => {
  it('reads what was appended after it came', () => {
    const writer = open();
    const reader = stack.use(new SegmentReader(folder.path));
    for (const text of ['one', 'two', 'six']) expect(read(writer.append(bytes(text)), 3, reader)).toBe(text);
  });

  it('reads many segments in any order', () => {
    const writer = open(1);
    const reader = stack.use(new SegmentReader(folder.path));
    const places = Array.from({ length: 12 }, (_, i) => writer.append(bytes(`${i}`.padStart(3))));
    for (const i of [0, 11, 3, 0, 5, 6, 7, 8, 0, 11]) {
      const place = places[i];
      expect(place && read(place, 3, reader)).toBe(`${i}`.padStart(3));
    }
  });

  it('says so when bytes are missing', () => {
    const place = open().append(bytes('hello'));
    truncateSync(segmentPath(folder.path, 1), 3);
    expect(() => read(place, 5)).toThrow(expect.objectContaining({ code: 'capture-damaged' }));
    rmSync(segmentPath(folder.path, 1));
    expect(() => read(place, 1)).toThrow(/bodies-000001\.seg/);
  });
});
