import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterTokens, splitAt } from './filter-tokens.ts';

const kinds = (text: string) =>
  filterTokens(text)
    .filter((token) => token.text.trim() !== '')
    .map((token) => `${token.kind} ${token.text}`);

describe('filterTokens', () => {
  it('tells fields, operators, values and words apart', () => {
    expect(kinds('host:*.acme.test and not type:image and duration>=20ms')).toEqual([
      'field host',
      'operator :',
      'value *.acme.test',
      'keyword and',
      'keyword not',
      'field type',
      'operator :',
      'value image',
      'keyword and',
      'field duration',
      'operator >=',
      'value 20ms',
    ]);
  });

  it('knows patterns and lists', () => {
    expect(kinds('path~^/a status in (200)')).toEqual([
      'field path',
      'operator ~',
      'value ^/a',
      'plain status',
      'keyword in',
      'plain (',
      'plain 200',
      'plain )',
    ]);
  });

  it('keeps quoted text together, closed or not', () => {
    expect(kinds('comment:"look at (this)" "or th')).toEqual([
      'field comment',
      'operator :',
      'value "look at (this)"',
      'plain "or th',
    ]);
  });

  it('colours no unknown field, and no keyword that is a value', () => {
    expect(kinds('colour:red path:and')).toEqual([
      'plain colour',
      'operator :',
      'value red',
      'field path',
      'operator :',
      'value and',
    ]);
  });

  it('loses no character of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(
          filterTokens(text)
            .map((token) => token.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('splitAt', () => {
  const within = (text: string, start: number, end: number) =>
    splitAt(filterTokens(text), start, end).map((piece) => (piece.within ? `[${piece.text}]` : piece.text));

  it('cuts out the part that is wrong', () => {
    expect(within('a hots:b', 2, 6)).toEqual(['a', ' ', '[hots]', ':', 'b']);
    expect(within('host:ab', 1, 6)).toEqual(['h', '[ost]', '[:]', '[a]', 'b']);
    expect(within('host:ab', 0, 0)).toEqual(['host', ':', 'ab']);
    expect(within('a', 5, 9)).toEqual(['a']);
  });
});
