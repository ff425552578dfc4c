import { describe, expect, it } from 'vitest';
import { byteRange } from './byte-range.ts';

const WHOLE = { kind: 'whole' };
const UNSATISFIABLE = { kind: 'unsatisfiable' };

describe('of 100 bytes', () => {
  it.each([
    ['bytes=0-9', 0, 10],
    ['bytes=90-99', 90, 100],
    ['bytes=90-1000', 90, 100],
    ['bytes=50-', 50, 100],
    ['bytes=0-0', 0, 1],
    ['bytes=-10', 90, 100],
    ['bytes=-1000', 0, 100],
  ])('%s is [%d, %d)', (header, start, end) => {
    expect(byteRange(header, 100)).toEqual({ kind: 'part', start, end });
  });

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0'])('%s is beyond them', (header) => {
    expect(byteRange(header, 100)).toEqual(UNSATISFIABLE);
  });

  it.each([
    undefined,
    '',
    'bytes=-',
    'bytes=',
    'bytes=9-0',
    'bytes=a-b',
    'bytes=0-1,5-6',
    'bytes =0-1',
    'lines=0-1',
    'bytes=1--2',
    'bytes=0-9 ',
  ])('%j asks for nothing that need be heard, and gets the whole', (header) => {
    expect(byteRange(header, 100)).toEqual(WHOLE);
  });
});

describe('of nothing', () => {
  it.each(['bytes=0-', 'bytes=0-0', 'bytes=-1'])('%s is beyond it', (header) => {
    expect(byteRange(header, 0)).toEqual(UNSATISFIABLE);
  });

  it('no range is the whole', () => expect(byteRange(undefined, 0)).toEqual(WHOLE));
});
