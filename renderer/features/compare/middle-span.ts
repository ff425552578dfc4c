/** What of a value differs from another: all but the beginning and the end that they share. Pure. */

export interface MiddleSpan {
  readonly start: number;
  readonly end: number;
}

const isLow = (text: string, at: number) => /^[\udc00-\udfff]/.test(text[at] ?? '');

/** In UTF-16 units of `text`, never within a surrogate pair; undefined where nothing is shared, or nothing is left of it. */
export function middleSpan(text: string, other: string): MiddleSpan | undefined {
  const most = Math.min(text.length, other.length);
  let start = 0;
  while (start < most && text[start] === other[start]) start += 1;
  if (isLow(text, start) || isLow(other, start)) start -= 1;
  let shared = 0;
  while (shared < most - start && text.at(-1 - shared) === other.at(-1 - shared)) shared += 1;
  if (isLow(text, text.length - shared) && shared > 0) shared -= 1;
  const end = text.length - shared;
  return (start === 0 && shared === 0) || end <= start ? undefined : { start, end };
}
