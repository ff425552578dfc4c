import { describe, expect, it } from 'vitest';
import { caretLines } from './caret.ts';

const lines = (text: string, start: number, end: number) => caretLines(text, { start, end }).split('\n');

describe('the place in a text', () => {
  it('has carets under it', () => {
    expect(lines('a hots:b', 2, 6)).toEqual(['  a hots:b', '    ^^^^']);
    expect(lines('host:', 0, 5)).toEqual(['  host:', '  ^^^^^']);
  });

  it('has one after the end, where something is missing', () => {
    expect(lines('a or', 4, 4)).toEqual(['  a or', '      ^']);
    expect(lines('', 0, 0)).toEqual(['  ', '  ^']);
  });

  it('is in sight in a long text', () => {
    const [text = '', carets = ''] = lines(`${'x'.repeat(500)}HERE${'y'.repeat(500)}`, 500, 504);
    expect(text.length).toBeLessThan(80);
    expect(text.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('HERE');
    const [end = '', last = ''] = lines('x'.repeat(500), 500, 500);
    expect(last.length).toBe(end.length + 1);
  });

  it('is not moved or hidden by what stands before it', () => {
    const [text = '', carets = ''] = lines('a\tb\u001b[2J\nhots:x', 8, 12);
    expect(text).toBe('  a b [2J hots:x');
    expect(carets.indexOf('^')).toBe(10);
    expect(lines('x', 0, 9_999)[1]?.length).toBeLessThan(80);
  });
});
