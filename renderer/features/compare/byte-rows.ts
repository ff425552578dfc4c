/** Two bodies byte by byte: which rows of a dump differ. Compared by offset, never aligned: that is what the text view is for. Pure. */

export const BYTES_A_ROW = 8;

export interface ByteDifference {
  /** Indexes of rows with a byte that differs or is on one side alone. */
  readonly rows: readonly number[];
  /** Bytes that differ or are on one side alone. */
  readonly bytes: number;
  /** Offset of the first; -1: none. */
  readonly first: number;
}

export function byteDifference(a: Uint8Array, b: Uint8Array, width = BYTES_A_ROW): ByteDifference {
  const rows: number[] = [];
  let bytes = 0;
  let first = -1;
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    if (a[at] === b[at]) continue;
    bytes += 1;
    if (first < 0) first = at;
    const row = Math.floor(at / width);
    if (rows.at(-1) !== row) rows.push(row);
  }
  return { rows, bytes, first };
}
