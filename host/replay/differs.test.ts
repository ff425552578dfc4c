import { describe, expect, it } from 'vitest';
import { differingFields } from './differs.ts';

const fields = (change: Record<string, string> = {}) =>
  new Map(
    Object.entries({ status: '200', 'response.header.date': 'Thu, 01 Jan 2026 00:00:00 GMT', ...change }),
  );

describe('an answer', () => {
  it('differs in nothing where only what always differs does', () =>
    expect(
      differingFields(
        fields({ 'response.body.id': '"1c0e9be8-2cc5-4a3c-a5c3-000000000000"' }),
        fields({
          'response.header.date': 'Fri, 02 Jan 2026 00:00:00 GMT',
          'response.body.id': '"9b0e9be8-2cc5-4a3c-a5c3-111111111111"',
        }),
      ),
    ).toEqual([]));

  it('differs in what is another, missing or new', () =>
    expect(
      differingFields(
        fields({ 'response.body.a': '1', 'response.body.b': '1' }),
        fields({ status: '403', 'response.body.a': '2', 'response.body.c': '1' }),
      ),
    ).toEqual(['status', 'response.body.a', 'response.body.b', 'response.body.c']));

  it('names a bounded number', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`response.body.f${i}`, '1']));
    expect(differingFields(fields(), fields(many))).toHaveLength(20);
  });
});
