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
      value: { text: 'a"b', quoted: true, start: 8, end: 14 },
    });
    expect(scanFilter('path:a:b=c')[0]).toMatchObject({ value: { text: 'a:b=c', quoted: false } });
  });

  it('read the names that some fields take', () => {
    expect(scanFilter('header:X-A')).toMatchObject([
      { type: 'has', field: 'header', name: 'X-A', end: 10 },
      {},
    ]);
    expect(scanFilter('cookie:"a b"="c d"')[0]).toMatchObject({
      name: 'a b',
      operator: '=',
      value: { text: 'c d' },
    });
    expect(scanFilter("json:$.a['b c'][0]>=10")[0]).toMatchObject({ name: "$.a['b c'][0]", operator: '>=' });
    expect(scanFilter('query:ids[]:7)')).toMatchObject([
      { name: 'ids[]', value: { text: '7' } },
      { type: ')' },
      {},
    ]);
    expect(scanFilter('(header:a)').map(({ type }) => type)).toEqual(['(', 'has', ')', 'end']);
  });

  it('read patterns up to the parenthesis that is not theirs', () => {
    const pattern = (text: string) => {
      const token = scanFilter(text).find(({ type }) => type === 'condition');
      return token?.type === 'condition' ? token.value.text : undefined;
    };
    expect(pattern('path~^/(a|b)$ x')).toBe('^/(a|b)$');
    expect(pattern('(path~a(b)c)')).toBe('a(b)c');
    expect(pattern(String.raw`(path~\()`)).toBe(String.raw`\(`);
    expect(pattern(String.raw`path~"\d (a"`)).toBe(String.raw`\d (a`);
  });

  it('read lists', () => {
    expect(scanFilter('status in (200, "3 0",4xx) x')).toMatchObject([
      {
        type: 'in',
        field: 'status',
        items: [{ text: '200' }, { text: '3 0', quoted: true }, { text: '4xx' }],
        end: 26,
      },
      { type: 'word' },
      {},
    ]);
    expect(scanFilter('header:server IN(a)')[0]).toMatchObject({
      type: 'in',
      name: 'server',
      items: [{ text: 'a' }],
    });
    expect(scanFilter('size in 1kb..2kb host in 10.0.0.0/8')).toMatchObject([
      { type: 'in', items: [{ text: '1kb..2kb' }] },
      { type: 'in', items: [{ text: '10.0.0.0/8' }] },
      {},
    ]);
    expect(types('host in body')).toEqual(['word', 'word', 'word', 'end']);
    expect(types('login in (a)')).toEqual(['word', 'word', '(', 'word', ')', 'end']);
  });

  it('end at a bar that stands alone', () => {
    expect(types('a | count by (')).toEqual(['word', '|', 'end']);
    expect(types('a|b')).toEqual(['word', 'end']);
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
