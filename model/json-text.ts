/** What all that read JSON as it was written have to find. */

/**
 * Where the string that opens at `at` ends: the index of its closing quote, or -1. Not a pattern: on megabytes of string one runs out of
 * stack.
 */
export function closingQuote(text: string, at: number): number {
  let quote = text.indexOf('"', at + 1);
  while (quote >= 0) {
    let first = quote;
    while (text[first - 1] === '\\') first -= 1;
    if ((quote - Math.max(first, at + 1)) % 2 === 0) return quote;
    quote = text.indexOf('"', quote + 1);
  }
  return -1;
}
