import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter } from '#model/filter/parse.ts';
import { filterPredicate } from '#model/filter/predicate.ts';
import type { SessionRow } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { FILTER_BY, filterCondition, filterValue, withCondition } from './filter-by.ts';

const rowOf = (change: Partial<SessionRow> = {}): SessionRow => ({ ...makeSession().session.row, ...change });

function passes(filter: string, row: SessionRow): boolean {
  const parsed = parseFilter(filter);
  if (!parsed.ok) throw new Error(`${filter}: ${parsed.problem.message}`);
  return filterPredicate(parsed.filter)(row);
}

describe('a condition from a row', () => {
  it('reads as one would type it', () => {
    const row = rowOf({ host: 'api.acme.test', path: '/v2/cart', status: 404, mime: 'text/html' });
    expect(FILTER_BY.map((by) => filterCondition(row, by, false))).toEqual([
      'host=api.acme.test',
      'path=/v2/cart',
      'status=404',
      'type=text/html',
    ]);
    expect(FILTER_BY.map((by) => filterCondition(row, by, true))).toEqual([
      'host!=api.acme.test',
      'path!=/v2/cart',
      'status!=404',
      'type!=text/html',
    ]);
  });

  it('means the path without its query', () => {
    const row = rowOf({ path: '/v2/search?q=1' });
    expect(filterCondition(row, 'path', false)).toBe('path:/v2/search');
    expect(filterCondition(row, 'path', true)).toBe('not path:/v2/search');
    expect(passes('path:/v2/search', rowOf({ path: '/v2/search?q=2' }))).toBe(true);
  });

  it('is none where the row has no such thing', () => {
    const { status: _s, mime: _m, ...bare } = rowOf();
    expect([filterValue(bare, 'status'), filterValue(bare, 'type')]).toEqual([undefined, undefined]);
  });

  it('is met by its own row, and its opposite is not, whatever the values hold', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'aA*"\\()= /?é'), maxLength: 12 });
    fc.assert(
      fc.property(odd, odd, odd, fc.constantFrom(...FILTER_BY), (host, path, mime, by) => {
        const row = rowOf({ host: `h${host}`, path: `/${path}`, mime: `t${mime}`, status: 204 });
        expect(passes(filterCondition(row, by, false), row)).toBe(true);
        expect(passes(filterCondition(row, by, true), row)).toBe(false);
      }),
    );
  });
});

describe('joining it to a filter', () => {
  it.each([
    ['', 'status=404'],
    ['   ', 'status=404'],
    ['host:acme', 'host:acme and status=404'],
    ['json', 'json and status=404'],
    ['host:a or host:b', '(host:a or host:b) and status=404'],
    ['status=200', 'status=404'],
    ['host=a and status=200 size>1kb', 'host=a and status=404 size>1kb'],
    ['status=404 and host=a', 'status=404 and host=a'],
    ['status!=200', 'status!=200 and status=404'],
    ['not status=200', 'not status=200 and status=404'],
    ['(status=200 size>1) path:x', '(status=200 size>1) path:x and status=404'],
    ['(status=404 or x) y', '(status=404 or x) y and status=404'],
    ['status:', 'status=404'],
    ['(', 'status=404'],
  ])('%j becomes %j', (before, after) => {
    expect(withCondition(before, 'status=404')).toBe(after);
  });

  it('does not say the same twice', () => {
    const once = withCondition('host:a', 'not path:/x');
    expect(withCondition(once, 'not path:/x')).toBe(once);
    expect(withCondition('host!=a', 'host!=b')).toBe('host!=a and host!=b');
    expect(withCondition('host!=a and host!=b', 'host!=b')).toBe('host!=a and host!=b');
  });

  it('always gives a filter that only passes what meets the condition', () => {
    const word = fc.constantFrom(
      'host:a',
      'status=200',
      'status=404',
      'or',
      'and',
      'not',
      '(',
      ')',
      'x',
      'status>=400',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const text = withCondition(words.join(' '), 'status=404');
        expect(passes(text, rowOf({ status: 200 }))).toBe(false);
      }),
    );
  });
});
