import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldSame, lineRows } from './line-rows.ts';

const shown = (a: string, b: string) =>
  lineRows(a, b).rows.map((row) => [row.kind, row.a?.text ?? null, row.b?.text ?? null]);

describe('lines side by side', () => {
  it('are equal, changed, or on one side alone', () => {
    expect(shown('one\ntwo\nthree', 'one\n2\nthree\nfour')).toEqual([
      ['same', 'one', 'one'],
      ['changed', 'two', '2'],
      ['same', 'three', 'three'],
      ['only-b', null, 'four'],
    ]);
    expect(shown('a\nb\nc', 'c')).toEqual([
      ['only-a', 'a', null],
      ['only-a', 'b', null],
      ['same', 'c', 'c'],
    ]);
    expect(shown('', 'x')).toEqual([['only-b', null, 'x']]);
    expect(shown('', '')).toEqual([]);
  });

  it('end as their system ends them', () => {
    expect(shown('a\r\nb', 'a\nb')).toEqual([
      ['same', 'a', 'a'],
      ['same', 'b', 'b'],
    ]);
  });

  it('have numbers of their own, and the words that changed', () => {
    const { rows } = lineRows('x\n{\n  "price": 12,', '{\n  "price": 13,');
    expect(rows[0]).toMatchObject({ kind: 'only-a', a: { number: 1 } });
    const changed = rows[2];
    expect([changed?.a?.number, changed?.b?.number]).toEqual([3, 2]);
    const words = (line = changed?.a) => line?.spans.map(([start, end]) => line.text.slice(start, end));
    expect([words(), words(changed?.b)]).toEqual([['12'], ['13']]);
  });

  it('that have nothing in common stand beside each other without being searched for ever', () => {
    const many = (letter: string) => Array.from({ length: 60 }, (_, i) => letter + i).join('\n');
    const { rows, unrelated } = lineRows(many('a'), many('b'), 50);
    expect(unrelated).toBe(true);
    expect(rows).toHaveLength(60);
  });

  it('lose nothing: each side can be put together again', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '')).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { rows } = lineRows(a, b);
        expect(rows.flatMap((row) => (row.a ? [row.a.text] : [])).join('\n')).toBe(a);
        expect(rows.flatMap((row) => (row.b ? [row.b.text] : [])).join('\n')).toBe(b);
        for (const row of rows) if (row.kind === 'same') expect(row.a?.text).toBe(row.b?.text);
      }),
      { numRuns: 100 },
    );
  });
});

describe('equal stretches', () => {
  it('are folded, but for some lines around each change', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `line ${i}`);
    const { rows } = lineRows(lines.join('\n'), lines.with(10, 'other').join('\n'));
    const folded = foldSame(rows, 2).map((row) => (row.kind === 'fold' ? row.count : row.kind));
    expect(folded).toEqual([8, 'same', 'same', 'changed', 'same', 'same', 7]);
  });

  it('of one line stay: a fold takes a line too', () => {
    const { rows } = lineRows('a\nb\nc', 'a\nb\nx');
    expect(foldSame(rows, 1).map(({ kind }) => kind)).toEqual(['same', 'same', 'changed']);
    expect(foldSame(lineRows('a\nb', 'a\nb').rows)).toEqual([{ kind: 'fold', count: 2, from: 0 }]);
  });
});
