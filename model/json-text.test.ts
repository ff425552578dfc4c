import fc from 'fast-check';
import { expect, it } from 'vitest';
import { closingQuote } from './json-text.ts';

it('finds the end of any string', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (value, after) => {
      const written = JSON.stringify(value);
      expect(closingQuote(`[${written}${after}`, 1)).toBe(written.length);
    }),
  );
});

it.each(['"', '"abc', '"\\"', '"\\\\\\"'])('says that %j has none', (text) => {
  expect(closingQuote(text, 0)).toBe(-1);
});
