import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const words = ['host', 'path', 'id', 'status', 'reqheader', 'resheader'] as const;

describe('nearest', () => {
  it.each([
    ['hots', 'host'],
    ['HOST', 'host'],
    ['pth', 'path'],
    ['stauts', 'status'],
    ['staus', 'status'],
    ['iid', 'id'],
    ['resheaders', 'resheader'],
    ['reqheder', 'reqheader'],
    // Two steps away from both: the first one.
    ['rexheader', 'reqheader'],
  ])('%s is %s', (typed, meant) => {
    expect(nearest(typed, words)).toBe(meant);
  });

  it.each(['', 'colour', 'xyz', 'hxxt ', 'a'])('"%s" is near none', (typed) => {
    expect(nearest(typed, words)).toBeUndefined();
  });
});
