import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dotnetDate, readDotnetDate } from './dates.ts';

describe('dates of .NET', () => {
  it('have seven decimals', () => {
    expect(dotnetDate(Date.UTC(2026, 0, 2, 3, 4, 5, 6))).toBe('2026-01-02T03:04:05.0060000Z');
    expect(dotnetDate(Date.UTC(2026, 0, 2, 3, 4, 5, 6) + 0.25)).toBe('2026-01-02T03:04:05.0062500Z');
    expect(dotnetDate(999.99999)).toBe('1970-01-01T00:00:01.0000000Z');
  });

  it('are read with their offset', () => {
    expect(readDotnetDate('2025-08-30T11:34:28.6859373-07:00')).toBe(
      Date.UTC(2025, 7, 30, 18, 34, 28) + 685.9373,
    );
    expect(readDotnetDate('2016-07-24T15:55:45+08:00')).toBe(Date.UTC(2016, 6, 24, 7, 55, 45));
    expect(readDotnetDate('2016-07-24T15:55:45.5')).toBe(Date.UTC(2016, 6, 24, 15, 55, 45, 500));
  });

  it.each([undefined, '', 'now', '0001-01-01T00:00:00', '2026-13-40T99:99:99Z', '1', '2026-01-02'])(
    'are none in %j',
    (text) => {
      expect(readDotnetDate(text)).toBeUndefined();
    },
  );

  it('come back exactly for the times we live in', () => {
    fc.assert(
      fc.property(fc.double({ min: 6e11, max: 4e12, noNaN: true }), (ms) => {
        expect(readDotnetDate(dotnetDate(ms))).toBe(ms);
      }),
      { numRuns: 2000 },
    );
  });
});
