import { describe, expect, it } from 'vitest';
import { safeLine, safeText } from './safe-text.ts';

describe('text for a terminal', () => {
  it('stays as it is when it is only text', () => {
    const plain = 'Zoë 🙂 "quoted" {id} \u00e9\u4e2d';
    expect(safeText(plain)).toBe(plain);
    expect(safeLine(plain)).toBe(plain);
  });

  it.each([
    ['\u001b[2J', '\\u{1b}[2J'],
    ['\u0007', '\\u{7}'],
    ['\r', '\\u{d}'],
    ['\u0000', '\\u{0}'],
    ['\u007f', '\\u{7f}'],
    ['\u009b31m', '\\u{9b}31m'],
    ['\u202eevil', '\\u{202e}evil'],
    ['\u2066x\u2069', '\\u{2066}x\\u{2069}'],
  ])('shows %j as what it is', (text, shown) => {
    expect(safeText(text)).toBe(shown);
    expect(safeLine(text)).toBe(shown);
  });

  it('keeps its lines and columns, but for where one line is wanted', () => {
    expect(safeText('a\tb\nc')).toBe('a\tb\nc');
    expect(safeLine('a\tb\nc')).toBe('a b c');
  });
});
