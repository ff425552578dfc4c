import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterGrowth,
  canvasHeight,
  isAtEnd,
  isScaled,
  MAX_CANVAS,
  maxVirtual,
  NEWEST_ROWS,
  nextWindow,
  ROW_HEIGHTS,
  revealRow,
  toPhysical,
  toVirtual,
  visibleRange,
} from './grid-math.ts';

const rowHeight = ROW_HEIGHTS.normal;
const small = { count: 1000, viewport: 520, rowHeight };
const huge = { count: 10_000_000, viewport: 520, rowHeight };
const geometry = fc.record({
  count: fc.nat(20_000_000),
  viewport: fc.integer({ min: 1, max: 3000 }),
  rowHeight: fc.constantFrom(...Object.values(ROW_HEIGHTS)),
});

describe('positions', () => {
  it('are the same while the list fits a browser', () => {
    expect(isScaled(small)).toBe(false);
    expect(toVirtual(1234, small)).toBe(1234);
    expect(toPhysical(1234, small)).toBe(1234);
    expect(canvasHeight(small)).toBe(26_000);
  });

  it('are scaled beyond, with both ends meeting', () => {
    expect(isScaled(huge)).toBe(true);
    expect(canvasHeight(huge)).toBe(MAX_CANVAS);
    expect(toVirtual(0, huge)).toBe(0);
    expect(toVirtual(MAX_CANVAS - huge.viewport, huge)).toBeCloseTo(maxVirtual(huge), 3);
  });

  it('there and back is where it was, in any list', () => {
    fc.assert(
      fc.property(geometry, fc.double({ min: 0, max: 1, noNaN: true }), (list, part) => {
        const virtual = part * maxVirtual(list);
        expect(toVirtual(toPhysical(virtual, list), list)).toBeCloseTo(virtual, 2);
      }),
    );
  });
});

describe('visibleRange', () => {
  it('covers the viewport and the overscan', () => {
    expect(visibleRange(0, small, 5)).toEqual([0, 25]);
    expect(visibleRange(2613, small, 5)).toEqual([95, 126]);
    expect(visibleRange(maxVirtual(small), small, 5)).toEqual([975, 1000]);
    expect(visibleRange(0, { count: 0, viewport: 520, rowHeight }, 5)).toEqual([0, 0]);
  });

  it('never leaves the list, and never leaves a gap on the screen', () => {
    fc.assert(
      fc.property(geometry, fc.double({ min: 0, max: 1, noNaN: true }), (list, part) => {
        const virtual = part * maxVirtual(list);
        const [start, end] = visibleRange(virtual, list, 3);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(list.count);
        expect(start * list.rowHeight).toBeLessThanOrEqual(virtual);
        expect(end * list.rowHeight).toBeGreaterThanOrEqual(
          Math.min(virtual + list.viewport, list.count * list.rowHeight),
        );
      }),
    );
  });
});

describe('revealRow', () => {
  it('moves as little as it takes', () => {
    expect(revealRow(10, 0, small)).toBe(0);
    expect(revealRow(20, 0, small)).toBe(26);
    expect(revealRow(2, 260, small)).toBe(52);
    expect(revealRow(999, 0, small)).toBe(maxVirtual(small));
    expect(revealRow(0, 5000, small)).toBe(0);
  });
});

describe('growth', () => {
  const after = { count: 1100, viewport: 520, rowHeight };

  it('keeps at the end who is there', () => {
    expect(isAtEnd(maxVirtual(small), small)).toBe(true);
    expect(isAtEnd(maxVirtual(small) - rowHeight - 1, small)).toBe(false);
    expect(afterGrowth(maxVirtual(small), small, after, 'end', true)).toBe(maxVirtual(after));
  });

  it('leaves alone who is elsewhere', () => {
    expect(afterGrowth(500, small, after, 'end', false)).toBe(500);
    expect(afterGrowth(500, small, after, 'anywhere', true)).toBe(500);
  });

  it('at the start shifts with the rows unless the user is there', () => {
    expect(afterGrowth(500, small, after, 'start', false)).toBe(500 + 100 * rowHeight);
    expect(afterGrowth(0, small, after, 'start', true)).toBe(0);
  });

  it('of the rows themselves keeps the same ones in sight', () => {
    const relaxed = { ...small, rowHeight: ROW_HEIGHTS.relaxed };
    expect(afterGrowth(100 * rowHeight, small, relaxed, 'end', false)).toBe(100 * relaxed.rowHeight);
    expect(afterGrowth(maxVirtual(small), small, relaxed, 'end', true)).toBe(maxVirtual(relaxed));
  });

  it('of a list that shrank stays inside it', () => {
    expect(afterGrowth(20_000, small, { count: 30, viewport: 520, rowHeight }, 'end', false)).toBe(260);
    expect(afterGrowth(20_000, small, { count: 0, viewport: 520, rowHeight }, 'start', false)).toBe(0);
  });
});

describe('nextWindow', () => {
  const none = { offset: 0, limit: 0 };

  it('puts what is seen in the middle', () => {
    expect(nextWindow(none, [5000, 5040], 10_000)).toEqual({ offset: 4860, limit: 320 });
    expect(nextWindow(none, [0, 40], 10_000)).toEqual({ offset: 0, limit: 320 });
  });

  it('after following the newest rows is one around what is seen', () => {
    expect(nextWindow(NEWEST_ROWS, [5000, 5040], 10_000)).toEqual({ offset: 4860, limit: 320 });
    expect(nextWindow(NEWEST_ROWS, [0, 40], 10_000)).toEqual({ offset: 0, limit: 320 });
  });

  it('stays while there is margin on both sides', () => {
    const current = { offset: 4860, limit: 320 };
    expect(nextWindow(current, [4900, 4940], 10_000)).toBe(current);
    expect(nextWindow(current, [5090, 5130], 10_000)).toBe(current);
    expect(nextWindow(current, [4890, 4930], 10_000)).not.toBe(current);
    expect(nextWindow(current, [5110, 5150], 10_000)).not.toBe(current);
  });

  it('needs no margin where the list ends', () => {
    const current = { offset: 0, limit: 320 };
    expect(nextWindow(current, [0, 20], 20)).toBe(current);
    expect(nextWindow(current, [270, 310], 310)).toBe(current);
  });

  it('always holds what is seen', () => {
    const seen = fc.tuple(fc.nat(1_000_000), fc.integer({ min: 1, max: 200 }));
    fc.assert(
      fc.property(seen, fc.nat(1_000_000), fc.constantFrom(0, 320), ([first, height], offset, limit) => {
        const end = first + height;
        const window = nextWindow({ offset, limit }, [first, end], end + 500);
        expect(window.offset).toBeLessThanOrEqual(first);
        expect(window.offset + window.limit).toBeGreaterThanOrEqual(end);
        expect(nextWindow(window, [first, end], end + 500)).toBe(window);
      }),
    );
  });
});
