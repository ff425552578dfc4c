import { describe, expect, it } from 'vitest';
import { lenientFields, lenientHead } from './lenient-text.ts';

describe('lenientHead', () => {
  it.each<[string, string, string]>([
    ['what is right already', 'GET / HTTP/1.1\r\nA: b\r\n\r\n', 'GET / HTTP/1.1\r\nA: b\r\n\r\n'],
    ['LF alone', 'GET / HTTP/1.1\nA: b\n\n', 'GET / HTTP/1.1\r\nA: b\r\n\r\n'],
    [
      'line ends of both kinds',
      'GET / HTTP/1.1\r\nA: b\nC: d\r\n\n',
      'GET / HTTP/1.1\r\nA: b\r\nC: d\r\n\r\n',
    ],
    ['bare CR', 'GET / HTTP/1.1\r\nA: b\rc\r\r\n\r\n', 'GET / HTTP/1.1\r\nA: b c \r\n\r\n'],
    ['NUL', 'GET / HTTP/1.1\r\nA: b\0c\r\n\r\n', 'GET / HTTP/1.1\r\nA: b c\r\n\r\n'],
    ['folding', 'GET / HTTP/1.1\r\nA: b\r\n \t c\r\n\td\r\n\r\n', 'GET / HTTP/1.1\r\nA: b c d\r\n\r\n'],
    ['folding of nothing', 'GET / HTTP/1.1\r\nA:\r\n \r\n\r\n', 'GET / HTTP/1.1\r\nA: \r\n\r\n'],
    [
      'space before the first field',
      'GET / HTTP/1.1\r\n X: y\r\n\tZ\r\nA: b\r\n\r\n',
      'GET / HTTP/1.1\r\nA: b\r\n\r\n',
    ],
    ['obs-text', 'GET /\xe9 HTTP/1.1\nA: \xff\n\n', 'GET /\xe9 HTTP/1.1\r\nA: \xff\r\n\r\n'],
  ])('makes of %s what a strict reader takes', (_, text, expected) => {
    expect(lenientHead(text)).toBe(expected);
    expect(lenientHead(expected)).toBe(expected);
  });

  it('leaves white space before a colon', () => {
    const text = 'GET / HTTP/1.1\r\nA : b\r\n\r\n';
    expect(lenientHead(text)).toBe(text);
  });

  it.each(['\r', '\n', '\0', ' ', '\r\n ', '\r\n\t', ' \r', '\r\n'])(
    'takes linear time for much of %j',
    (piece) => {
      const started = performance.now();
      lenientHead(`GET / HTTP/1.1\r\nA: ${piece.repeat(100_000)}x\r\n\r\n`);
      lenientHead(`GET / HTTP/1.1\r\n${piece.repeat(100_000)}x\r\n\r\n`);
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );
});

describe('lenientFields', () => {
  it('does the same for fields without a start line', () => {
    expect(lenientFields('A: b\n c\nD: e\0\r\n\r\n')).toBe('A: b c\r\nD: e \r\n\r\n');
  });

  it('drops a first line that begins in white space: it continues nothing', () => {
    expect(lenientFields(' a: b\r\nC: d\r\n\r\n')).toBe('C: d\r\n\r\n');
  });
});
