import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyMatch } from './fuzzy.ts';

const best = (query: string, ...names: string[]) =>
  names
    .map((name) => ({ name, match: fuzzyMatch(query, name) }))
    .filter(({ match }) => match !== undefined)
    .sort((a, b) => (b.match?.score ?? 0) - (a.match?.score ?? 0))
    .map(({ name }) => name);
const marked = (query: string, name: string) => {
  const positions = fuzzyMatch(query, name)?.positions;
  return positions && [...name].map((c, i) => (positions.includes(i) ? `[${c}]` : c)).join('');
};

describe('fuzzy matching', () => {
  it('wants every letter, in order, in any case', () => {
    expect(fuzzyMatch('curl', 'Copy as cURL')).toBeDefined();
    expect(fuzzyMatch('lruc', 'Copy as cURL')).toBeUndefined();
    expect(fuzzyMatch('curlx', 'Copy as cURL')).toBeUndefined();
    expect(fuzzyMatch('a', '')).toBeUndefined();
  });

  it('takes an empty query for every name, and lets white space match anywhere', () => {
    expect(fuzzyMatch('  ', 'Replay')).toEqual({ score: 0, positions: [] });
    expect(fuzzyMatch('copy curl', 'Copy as cURL')).toBeDefined();
  });

  it('shows the letters that a reader would', () => {
    expect(marked('curl', 'Copy as cURL')).toBe('Copy as [c][U][R][L]');
    expect(marked('exf', 'Export filtered as HAR')).toBe('[E][x]port [f]iltered as HAR');
    expect(marked('dt', 'Dark theme')).toBe('[D]ark [t]heme');
  });

  it('puts beginnings of words before letters inside them', () => {
    expect(best('exf', 'Next of the findings', 'Export filtered as HAR')[0]).toBe('Export filtered as HAR');
    expect(best('re', 'Clear all sessions', 'Replay')[0]).toBe('Replay');
    expect(best('cl', 'Include', 'Clear the filter', 'Go to the list of choices')[0]).toBe(
      'Clear the filter',
    );
  });

  it('puts the shorter name first when both hold the query as well', () => {
    expect(best('mark', 'Mark 1 of all', 'Mark 1')).toEqual(['Mark 1', 'Mark 1 of all']);
  });

  it('finds letters in their order, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 30 }), (query, name) => {
        const match = fuzzyMatch(query, name);
        if (!match) return;
        const letters = match.positions.map((i) => name.toLowerCase()[i]).join('');
        expect(letters).toBe(query.toLowerCase().replace(/\s+/g, ''));
        expect([...match.positions]).toEqual([...new Set(match.positions)].sort((a, b) => a - b));
      }),
    );
  });

  it('takes time in proportion to the name, not to the ways of matching it', () => {
    const began = performance.now();
    fuzzyMatch('a'.repeat(500), 'a'.repeat(2000));
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
