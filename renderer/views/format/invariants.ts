/** What every formatter must keep, for their tests: only white space differs, and every span says the truth. */
import { expect } from 'vitest';
import type { Formatted } from './writer.ts';

const bare = (text: string) => text.replace(/[\s\uFEFF]+/g, '');

export function expectOnlyWhiteSpaceChanged(source: string, formatted: Formatted): void {
  expect(bare(formatted.text)).toBe(bare(source));
  const { spans, text } = formatted;
  for (let i = 0; i < spans.length; i += 3) {
    const [from = 0, to = 0, length = 0] = spans.subarray(i, i + 3);
    expect(text.slice(to, to + length)).toBe(source.slice(from, from + length));
  }
}
