import { describe, expect, it } from 'vitest';
import {
  formatClock,
  formatCount,
  formatDate,
  formatDuration,
  formatMoment,
  formatRate,
  formatSize,
  plural,
} from './format.ts';

describe('formatSize', () => {
  it.each([
    [0, '0 B'],
    [812, '812 B'],
    [999, '999 B'],
    [1000, '1 KB'],
    [4213, '4.2 KB'],
    [58_400, '58 KB'],
    [123_456, '123 KB'],
    [999_499, '999 KB'],
    [999_500, '1 MB'],
    [1_900_000, '1.9 MB'],
    [1.4e9, '1.4 GB'],
    [5e15, '5,000 TB'],
  ])('%d bytes', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.42, '0.42 ms'],
    [9.94, '9.9 ms'],
    [9.96, '10 ms'],
    [61.4, '61 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1312, '1.31 s'],
    [42_000, '42 s'],
    [59_960, '1 m 00 s'],
    [125_000, '2 m 05 s'],
    [3_599_700, '1 h 00 m'],
    [3_780_000, '1 h 03 m'],
  ])('%d ms', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('what is not known yet', () => {
  it('is an empty cell', () => {
    expect(formatSize(undefined)).toBe('');
    expect(formatDuration(undefined)).toBe('');
  });
});

describe('counts and rates', () => {
  it('group thousands and agree in number', () => {
    expect(formatCount(86_410)).toBe('86,410');
    expect(plural(1, 'session')).toBe('1 session');
    expect(plural(1284, 'session')).toBe('1,284 sessions');
    expect(plural(2, 'entry', 'entries')).toBe('2 entries');
  });

  it('keep one digit after the point below ten', () => {
    expect([0, 3.44, 9.9, 214.6].map(formatRate)).toEqual(['0', '3.4', '9.9', '215']);
  });
});

describe('times', () => {
  const at = new Date(2026, 10, 24, 14, 2, 11, 482).getTime();
  it('are in the time zone of the machine', () => {
    expect(formatClock(at)).toBe('14:02:11.482');
    expect(formatDate(at)).toBe('24 Nov 2026, 14:02:11');
    expect(formatMoment(at)).toBe('24 Nov 2026, 14:02:11.482');
  });
});
