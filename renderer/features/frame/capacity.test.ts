import { describe, expect, it } from 'vitest';
import { capacityWarning, isBehind } from './capacity.ts';

const NOTHING = { droppedSessions: 0, droppedBodies: 0, droppedBytes: 0, missed: 0 };
const held = (change: Partial<Parameters<typeof capacityWarning>[0]> = {}) => ({
  sessions: 100,
  diskBytes: 1000,
  freeBytes: 1e12,
  retention: {},
  losses: NOTHING,
  ...change,
});
const warned = (change: Parameters<typeof held>[0]) => capacityWarning(held(change))?.text;

describe('capacity', () => {
  it('is not spoken of while there is room', () => {
    expect(warned({})).toBeUndefined();
    expect(warned({ retention: { keepLast: 1000, keepBytes: 10_000 } })).toBeUndefined();
    expect(warned({ retention: { dropBodiesOver: 1 } })).toBeUndefined();
  });

  it('is when a limit is near, until what it takes away is told of by itself', () => {
    expect(warned({ retention: { keepLast: 110 } })).toBe('Oldest sessions go soon');
    expect(warned({ retention: { keepBytes: 1100, keepLast: 110 } })).toBe('Capture is nearly full');
    const losses = { ...NOTHING, droppedSessions: 1 };
    expect(warned({ retention: { keepLast: 110 }, losses })).toBeUndefined();
  });

  it('is above all when the disk fills', () => {
    expect(warned({ freeBytes: 800_000_000, retention: { keepLast: 100 } })).toBe('800 MB left on disk');
    const { freeBytes: _, ...unknown } = held();
    expect(capacityWarning(unknown)).toBeUndefined();
  });
});

describe('checks', () => {
  it('are behind when many wait, or some wait long', () => {
    expect(isBehind({ waiting: 0, behindMs: 0 })).toBe(false);
    expect(isBehind({ waiting: 20, behindMs: 100 })).toBe(false);
    expect(isBehind({ waiting: 500, behindMs: 100 })).toBe(true);
    expect(isBehind({ waiting: 3, behindMs: 9000 })).toBe(true);
  });
});
