import { expect, test } from 'vitest';
import { FormatWriter, formattedOffset } from './writer.ts';

test('pieces are copied, gaps are made', () => {
  const out = new FormatWriter('a{b}');
  out.copy(0, 1);
  out.space();
  out.copy(1, 2);
  out.indent(1);
  out.newline();
  out.copy(2, 3);
  out.indent(-1);
  out.newline();
  out.copy(3, 4);
  expect(out.finish().text).toBe('a {\n  b\n}');
});

test('a line break asked for wins over a space, whichever came first', () => {
  const out = new FormatWriter('ab');
  out.copy(0, 1);
  out.newline();
  out.space();
  out.tight();
  out.copy(1, 2);
  expect(out.finish().text).toBe('a\nb');
});

test('nothing is put before the first piece', () => {
  const out = new FormatWriter('a');
  out.newline();
  out.space();
  out.copy(0, 1);
  expect(out.finish().text).toBe('a');
});

test('neighbouring pieces become one span', () => {
  const out = new FormatWriter('abcd');
  out.copy(0, 1);
  out.copy(1, 2);
  out.newline();
  out.copy(2, 4);
  expect([...out.finish().spans]).toEqual([0, 0, 2, 2, 3, 2]);
});

test('every source offset is found again', () => {
  const out = new FormatWriter('ab  cd');
  out.copy(0, 2);
  out.newline();
  out.copy(4, 6);
  const formatted = out.finish();
  expect([0, 1, 2, 3, 4, 5, 6].map((at) => formattedOffset(formatted, at))).toEqual([0, 1, 2, 2, 3, 4, 5]);
});

test('hostile nesting cannot make the indentation huge', () => {
  const out = new FormatWriter('x'.repeat(5000));
  for (let i = 0; i < 5000; i++) {
    out.indent(1);
    out.newline();
    out.copy(i, i + 1);
  }
  expect(out.finish().text.length).toBeLessThan(5000 * 125);
});
