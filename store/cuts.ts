/** Parts of a batch's bytes that are not written, and where what is written then lies. Pure. */

/** Offset and length in the bytes. */
export interface Cut {
  readonly offset: number;
  readonly length: number;
}

/** What is left of `bytes` without the cuts, which come in order and do not overlap. */
export function withoutCuts(bytes: Uint8Array, cuts: readonly Cut[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const { offset, length } of cuts) {
    if (offset > at) pieces.push(bytes.subarray(at, offset));
    at = offset + length;
  }
  if (at < bytes.length) pieces.push(bytes.subarray(at));
  return pieces;
}

/** In order, so that the other two can be asked. */
export const inOrder = (cuts: readonly Cut[]): Cut[] =>
  cuts.filter(({ length }) => length > 0).toSorted((a, b) => a.offset - b.offset);

/** How many bytes are cut before an offset that is not cut itself: answers for offsets in any order. */
export function cutsBefore(cuts: readonly Cut[]): (offset: number) => number {
  const offsets = cuts.map(({ offset }) => offset);
  const sums = [0];
  for (const { length } of cuts) sums.push((sums.at(-1) ?? 0) + length);
  return (offset) => {
    let low = 0;
    let high = offsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return sums[low] ?? 0;
  };
}
