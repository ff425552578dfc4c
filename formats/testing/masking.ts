/** A masker with a book of its own for tests of one reader, and the readers that need more than it. */
import { compilePatterns, Masker } from '../redaction/masker.ts';
import { rewriteValue } from '../redaction/rewrite-value.ts';
import { SecretBook } from '../redaction/secret-book.ts';

export function masking(...patterns: readonly string[]) {
  const book = new SecretBook();
  const masker = new Masker(book, compilePatterns(patterns));
  masker.place = 'here';
  return { book, masker, inner: (value: string) => rewriteValue(value, masker, 1) };
}

/** Letters and digits that no dictionary has, 32 of them; `n` makes another. */
export const opaque = (n = 0): string => `q8Zk2Lw9Xc4Vb7Nm1Qs5Dt6Yh3Jf0G${String(n).padStart(2, '0')}`;

/** Unlike pieces of text, long: what takes time over time must not take longer on any of them. */
export const repeated = (piece: string, length = 200_000): string =>
  piece.repeat(Math.ceil(length / piece.length));
