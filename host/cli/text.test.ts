import { describe, expect, it } from 'vitest';
import { alignedLine, sizeText, timeText } from './text.ts';

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KB'],
    [1536, '1.5 KB'],
    [1024 ** 2, '1.0 MB'],
    [1.25 * 1024 ** 3, '1.3 GB'],
    [1024 ** 4, '1.0 TB'],
    [5000 * 1024 ** 4, '5000.0 TB'],
  ])('%d bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
});

describe('times', () => {
  it('are local, to the millisecond, always as long', () => {
    expect(timeText(new Date(2026, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05.006');
    expect(timeText(new Date(2026, 0, 2, 23, 59, 59, 999).getTime() + 0.7)).toBe('23:59:59.999');
  });
});

describe('columns', () => {
  const columns = [
    { title: 'A', width: 4 },
    { title: 'B', width: 3, align: 'right' },
    { title: 'C', width: 9 },
  ] as const;
  const line = (...cells: string[]) => alignedLine(columns, cells);

  it('stand two blanks apart, the last one free', () => {
    expect(line('a', '1', 'rest of it, however long')).toBe('a       1  rest of it, however long');
  });

  it('let a long cell be long', () => expect(line('abcdef', '12345', 'x')).toBe('abcdef  12345  x'));

  it('end where their text does', () => {
    expect(line('a', '1', '')).toBe('a       1');
    expect(line('a')).toBe('a');
    expect(line()).toBe('');
  });
});
