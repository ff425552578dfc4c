import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlidingWindow } from './sliding-window.ts';

function windowOf(size: number, ...texts: string[]): SlidingWindow {
  const window = new SlidingWindow(size);
  for (const text of texts) window.append(Buffer.from(text));
  return window;
}
const text = (window: SlidingWindow) => Buffer.from(window.last).toString();

describe('SlidingWindow', () => {
  it('is empty at first', () => expect(windowOf(4).last).toHaveLength(0));

  it('remembers what fits', () => expect(text(windowOf(4, 'ab', '', 'cd'))).toBe('abcd'));

  it('forgets what is older', () => expect(text(windowOf(4, 'ab', 'cd', 'e'))).toBe('bcde'));

  it('keeps the end of what is longer than itself', () => {
    expect(text(windowOf(4, 'ab', 'cdefghij'))).toBe('ghij');
  });

  it('of size 0 remembers nothing', () => expect(text(windowOf(0, 'abc', 'd'))).toBe(''));

  it('is empty after clear, and goes on', () => {
    const window = windowOf(4, 'abcdef');
    window.clear();
    expect(text(window)).toBe('');
    window.append(Buffer.from('xy'));
    expect(text(window)).toBe('xy');
  });

  it('takes memory for what it was given, and never over twice its size', () => {
    expect(windowOf(32_768, 'a'.repeat(100)).last.buffer.byteLength).toBeLessThan(200);
    const window = new SlidingWindow(1024);
    for (let i = 0; i < 1000; i++) window.append(Buffer.alloc(100));
    expect(window.last.buffer.byteLength).toBe(2048);
  });

  it('holds the end of everything appended, whatever the pieces', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 }), fc.array(fc.uint8Array({ maxLength: 60 })), (size, pieces) => {
        const window = new SlidingWindow(size);
        for (const piece of pieces) window.append(piece);
        const all = Buffer.concat(pieces);
        expect(Buffer.compare(window.last, all.subarray(Math.max(0, all.length - size)))).toBe(0);
      }),
    );
  });
});
