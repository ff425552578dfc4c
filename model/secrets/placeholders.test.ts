import { describe, expect, it } from 'vitest';
import { entropy, isJwt, isMask, isPlaceholder, looksRandom } from './placeholders.ts';

describe('isPlaceholder', () => {
  it.each([
    '',
    'null',
    'undefined',
    'YOUR_API_KEY',
    'your-token',
    '<token>',
    '{token}',
    '{{ token }}',
    '%TOKEN%',
    '$TOKEN',
    '********',
    'xxxxxxxxxx',
    'AKIAIOSFODNN7EXAMPLE',
    'changeme',
    'redacted',
    'aaaaaaaaaaaa',
    '[object Object]',
    'abc...',
  ])('is %j', (value) => {
    expect(isPlaceholder(value)).toBe(true);
  });
  it.each(['q8ZrT2mVbX5nK7wLp3Hd', 'hunter2', 'AKIAQX7DPZJ2N5WRT4LM', 'p@ss word'])('is not %j', (value) => {
    expect(isPlaceholder(value)).toBe(false);
  });
});

describe('isMask', () => {
  it.each(['', '  ', '*****', '••••', '{password}', '<password>', 'xxxx', 'null', '$PASSWORD'])(
    'is %j',
    (value) => {
      expect(isMask(value)).toBe(true);
    },
  );
  it.each(['password', 'secret', 'example', 'guest', 'hunter2', '$ecret!', 'no'])(
    'is not %j: people choose it',
    (value) => {
      expect(isMask(value)).toBe(false);
    },
  );
});

describe('entropy', () => {
  it.each([
    ['aaaa', 0],
    ['abab', 1],
    ['abcd', 2],
    ['0123456789abcdef', 4],
  ])('of %s is %d bits per character', (text, bits) => {
    expect(entropy(text)).toBeCloseTo(bits);
  });
});

describe('looksRandom', () => {
  it.each(['q8ZrT2mVbX5nK7wLp3Hd', '9f86d081884c7d659a2feaa0c55ad015', 's%3Aabc123.DEF456/ghi+789='])(
    'is %s',
    (value) => {
      expect(looksRandom(value)).toBe(true);
    },
  );
  it.each([
    'short1',
    '1234567890123456',
    'averylongsinglewordindeed',
    'two words of text 123',
    'https://a.test/1234567890',
    'a1a1a1a1a1a1a1a1',
    'your-token-goes-here-1',
  ])('is not %s', (value) => {
    expect(looksRandom(value)).toBe(false);
  });
});

describe('isJwt', () => {
  it('is a compact token with or without signature', () => {
    const head = 'eyJhbGciOiJIUzI1NiJ9';
    expect(isJwt(`${head}.eyJzdWIiOiIxIn0.c2ln`)).toBe(true);
    expect(isJwt(`${head}.eyJzdWIiOiIxIn0.`)).toBe(true);
    expect(isJwt(`${head}.x.c2ln`)).toBe(false);
    expect(isJwt('a.b.c')).toBe(false);
  });
});
