import { expect, test } from 'vitest';
import { cutExcerpt } from './excerpt.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const at = (start: number, end: number) => ({ part: 'response-body' as const, start, end });
const marked = ({ text, start, end }: { text: string; start: number; end: number }) => text.slice(start, end);

test('a short body is shown whole', () => {
  const bytes = utf8('{"card":"4111"}');
  const excerpt = cutExcerpt(bytes, 0, bytes.length, at(9, 13));
  expect(excerpt.text).toBe('{"card":"4111"}');
  expect(marked(excerpt)).toBe('4111');
});

test('what is cut off is said', () => {
  const bytes = utf8(`${'a'.repeat(200)}SECRET${'b'.repeat(200)}`);
  const excerpt = cutExcerpt(bytes, 0, bytes.length, at(200, 206));
  expect(excerpt.text).toBe(`…${'a'.repeat(60)}SECRET${'b'.repeat(60)}…`);
  expect(marked(excerpt)).toBe('SECRET');
});

test('bytes that begin in the middle of the body', () => {
  const excerpt = cutExcerpt(utf8('xxSECRETyy'), 1000, 5000, at(1002, 1008));
  expect(marked(excerpt)).toBe('SECRET');
  expect(excerpt.text.startsWith('…xx')).toBe(true);
});

test('context ends at the line', () => {
  const bytes = utf8('GET / HTTP/1.1\r\nCookie: sid=abc\r\nHost: a\r\n');
  const start = 'GET / HTTP/1.1\r\nCookie: sid='.length;
  const excerpt = cutExcerpt(bytes, 0, bytes.length, at(start, start + 3));
  expect(excerpt.text.replaceAll('…', '')).toBe('Cookie: sid=abc');
  expect(marked(excerpt)).toBe('abc');
});

test('characters cut in two at the ends are left out', () => {
  const bytes = utf8(`${'é'.repeat(60)}aSECRET`);
  const start = bytes.length - 6;
  expect(cutExcerpt(bytes, 0, bytes.length, at(start, bytes.length)).text).not.toContain('\ufffd');
});

test('a huge value is cut, and its end is still marked', () => {
  const bytes = utf8('x'.repeat(5000));
  const excerpt = cutExcerpt(bytes, 0, bytes.length, at(0, 5000));
  expect(marked(excerpt)).toBe(`${'x'.repeat(400)}…`);
});
