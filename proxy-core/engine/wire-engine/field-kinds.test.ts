import { describe, expect, it } from 'vitest';
import { fieldKind, members } from './field-kinds.ts';

describe('fieldKind', () => {
  it.each(['Connection', 'connection', 'CONNECTION'])('knows %s in any case', (name) => {
    expect(fieldKind(name)).toBe('connection');
  });

  it.each(['', 'X', 'User-Agent', 'Accept', 'X'.repeat(500), 'connectio\u0130'])('passes over %j', (name) => {
    expect(fieldKind(name)).toBeUndefined();
  });
});

describe('members', () => {
  it.each([
    ['keep-alive', ['keep-alive']],
    [' Keep-Alive ,UPGRADE,, ', ['keep-alive', 'upgrade']],
    ['', []],
  ])('of %j', (value, expected) => {
    expect(members(value)).toEqual(expected);
  });

  it('takes linear time for a value made to be slow: a client could stop everybody with one field', () => {
    const started = performance.now();
    expect(members(`close${' '.repeat(64_000)}x`)).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
