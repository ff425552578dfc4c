import { describe, expect, it } from 'vitest';
import { FilterSyntaxError, filterOf, queryOf } from './filter-text.ts';

describe('filter text', () => {
  it('is every session when there is none', () => {
    expect(filterOf('')).toEqual({ type: 'all' });
    expect(filterOf('   ')).toEqual({ type: 'all' });
  });

  it('is what the language says', () => {
    expect(filterOf('status:200')).not.toEqual({ type: 'all' });
    expect(filterOf('status:200')).toEqual(filterOf(' status:200 '));
  });

  it.each(['status:>', 'status:>>5', '(', 'nosuchfield:1 and', '"open'])(
    'that is wrong, as %j, is an error that says where',
    (text) => {
      expect(() => filterOf(text)).toThrow(
        expect.objectContaining({
          code: 'filter-syntax',
          message: expect.stringMatching(/^[^.]+.*\(at character \d+ of the filter\)\.$/),
        }),
      );
    },
  );

  it('counts characters from 1', () => {
    expect(() => filterOf('status:>')).toThrow(/at character [1-9]/);
  });
});

describe('a query', () => {
  it('is a filter, and a table where one is said', () => {
    expect(queryOf('status:200')).toEqual({ ok: true, filter: filterOf('status:200') });
    expect(queryOf('status:200 | count by host').table?.keys).toEqual([{ field: 'host' }]);
  });

  it('that is wrong says where, for whoever points at it', () => {
    const text = 'a | cuont';
    const error: unknown = (() => {
      try {
        return queryOf(text);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(FilterSyntaxError);
    expect(error).toMatchObject({
      code: 'filter-syntax',
      text,
      problem: { start: 4, end: 9, suggestion: 'count' },
    });
  });
});
