import { describe, expect, it } from 'vitest';
import { Fault, scanFilter } from './scan.ts';

const types = (text: string) => scanFilter(text).map((token) => token.type);
function fault(text: string): Fault['problem'] {
  try {
    scanFilter(text);
  } catch (error) {
    if (error instanceof Fault) return error.problem;
  }
  throw new Error(`${text}: no fault`);
}

describe('tokens', () => {
  it('cover the text, in order, and end it', () => {
    const text = ' (a or -host:"x y")  NOT status>=4xx ';
    const tokens = scanFilter(text);
    expect(tokens.map(({ start, end }) => text.slice(start, end))).toEqual([
      '(',
      'a',
      'or',
      '-',
      'host:"x y"',
      ')',
      'NOT',
      'status>=4xx',
      '',
    ]);
    expect(types(text)).toEqual(['(', 'word', 'or', 'not', 'condition', ')', 'not', 'condition', 'end']);
  });

  it('say what a condition compares, and where its value stands', () => {
    expect(scanFilter('x Host!="a\\"b"')[1]).toEqual({
      type: 'condition',
      start: 2,
      end: 14,
      field: 'host',
      operator: '!=',
      value: 'a"b',
      quoted: true,
      valueStart: 8,
    });
    expect(scanFilter('path:a:b=c')[0]).toMatchObject({ value: 'a:b=c', quoted: false });
  });

  it('are words when they only look like fields', () => {
    for (const text of ['ws://a', 'https://host:1', 'localhost:80', 'a.b:c', 'x=1', ':', '=a', '-']) {
      expect(types(text), text).toEqual(['word', 'end']);
    }
  });
});

describe('faults', () => {
  it('suggest the field that was meant', () => {
    for (const [written, meant] of [
      ['methd', 'method'],
      ['Sate', 'state'],
      ['ur', 'url'],
      ['findings', 'finding'],
      ['comments', 'comment'],
    ]) {
      expect(fault(`a ${written}:x`)).toMatchObject({
        start: 2,
        end: 2 + (written?.length ?? 0),
        suggestion: meant,
      });
    }
  });

  it('suggest nothing far off', () => {
    expect(fault('colour:red').suggestion).toBeUndefined();
  });

  it('take time in proportion to the text', () => {
    const begun = performance.now();
    for (const piece of ['a', 'a-', 'host:', '"\\"', '-(', 'zzzz:1 ']) {
      try {
        scanFilter(piece.repeat(100_000));
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
      }
    }
    // Quadratic time would be minutes.
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
