import { describe, expect, it } from 'vitest';
import { isToken, lineEnd, parseFields, tokenEnd, trimSpace } from './fields.ts';
import { WireFault } from './wire-error.ts';

const options = { maxFields: 4, allowSpaceBeforeColon: false };

function fault(run: () => unknown): [string, number] {
  try {
    run();
  } catch (error) {
    if (error instanceof WireFault) return [error.code, error.at];
  }
  throw new Error('expected a fault');
}

describe('isToken', () => {
  it.each(['GET', 'x-y', "!#$%&'*+-.^_`|~09azAZ"])('%s is one', (text) => expect(isToken(text)).toBe(true));
  it.each(['', 'a b', 'a:b', 'a\0', 'caf\xe9', '(x)', 'a/b', '\u0141'])('%j is none', (text) => {
    expect(isToken(text)).toBe(false);
  });
  it('looks at the part asked for only', () => expect(isToken('a b c', 2, 3)).toBe(true));
});

describe('lineEnd', () => {
  it('finds the CRLF', () => expect(lineEnd('ab\r\ncd\r\n', 4)).toBe(6));
  it.each([
    ['a\nb\r\n', 1],
    ['a\rb\r\n', 1],
    ['ab', 2],
    ['ab\r', 2],
  ])('refuses %j', (text, at) => expect(fault(() => lineEnd(text, 0))).toEqual(['line-end', at]));
});

describe('tokenEnd', () => {
  it('is where the token ends', () => expect(tokenEnd('ab cd', 0)).toBe(2));
  it('is the start where none begins', () => expect(tokenEnd('ab cd', 2)).toBe(2));
  it('is the end of the text at the most', () => expect(tokenEnd('ab', 1)).toBe(2));
});

describe('trimSpace', () => {
  it.each([
    ['', ''],
    [' \t ', ''],
    ['\t a b ', 'a b'],
    ['\xa0a\xa0', '\xa0a\xa0'],
    ['\fa\v', '\fa\v'],
  ])('%j', (text, trimmed) => expect(trimSpace(text)).toBe(trimmed));
  it('looks at the part asked for only', () => expect(trimSpace('a  b  c', 1, 5)).toBe('b'));
});

describe('parseFields', () => {
  it('keeps order, case, duplicates and octets above 127; trims white space around values', () => {
    expect(parseFields('B: 1\r\na:\t2 \r\nB:caf\xe9 au lait\r\n\r\n', 0, options).headers).toEqual([
      ['B', '1'],
      ['a', '2'],
      ['B', 'caf\xe9 au lait'],
    ]);
  });

  it('accepts colons and anything visible in values', () => {
    expect(parseFields('Date: 10:20:30\r\n\r\n', 0, options).headers).toEqual([['Date', '10:20:30']]);
  });

  it('takes white space before the colon out where a response may have it', () => {
    const lenient = { ...options, allowSpaceBeforeColon: true };
    expect(parseFields('A \t: b\r\n\r\n', 0, lenient)).toMatchObject({ headers: [['A', 'b']], spaced: true });
    expect(parseFields('A: b\r\n\r\n', 0, lenient).spaced).toBe(false);
    expect(fault(() => parseFields('A : b\r\n\r\n', 0, options))).toEqual(['space-before-colon', 1]);
  });

  it('picks out what decides the framing, in any case', () => {
    const text = 'content-length: 1\r\nX: y\r\nTRANSFER-ENCODING:\r\nContent-Length: 2\r\n\r\n';
    expect(parseFields(text, 0, options)).toMatchObject({ lengths: ['1', '2'], codings: [''] });
    expect(parseFields('Content-Lengthy: 1\r\n\r\n', 0, options)).toMatchObject({ lengths: [], codings: [] });
  });

  it.each([' ', '\t', ':', 'a', '\xff'])('takes linear time for much of %j', (piece) => {
    const started = performance.now();
    const much = piece.repeat(1_000_000);
    expect(parseFields(`A: x${much}x\r\nB:${much}\r\n\r\n`, 0, options).headers).toHaveLength(2);
    expect(fault(() => parseFields(`A${much}\0\r\n\r\n`, 0, options))[0]).toMatch(/field-name|field-value/);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it.each([
    ['a: b\r\n c\r\n\r\n', 'line-folding', 6],
    ['\tc: d\r\n\r\n', 'line-folding', 0],
    ['a\r\n\r\n', 'field-name', 0],
    ['a\r\nb: c\r\n\r\n', 'field-name', 0],
    ['a b: c\r\n\r\n', 'field-name', 0],
    ['a: b\0\r\n\r\n', 'field-value', 4],
    ['a:\r\nb:\r\nc:\r\nd:\r\ne:\r\n\r\n', 'too-many-fields', 16],
    ['a: b\r\n', 'line-end', 6],
  ])('refuses %j', (text, code, at) =>
    expect(fault(() => parseFields(text, 0, options))).toEqual([code, at]),
  );
});
