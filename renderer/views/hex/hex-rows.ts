/** Bytes as rows of a hex dump: offset, hexadecimal, text. Rows are made on demand from a range, so a view of any size costs only its rows. */

export interface HexCell {
  readonly hex: string;
  /** The byte as printable ASCII, else a middle dot. */
  readonly char: string;
  readonly marked: boolean;
}

export interface HexRow {
  readonly offset: string;
  readonly cells: readonly HexCell[];
}

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Rows that `size` bytes take. */
export function rowCount(size: number, width: number): number {
  return Math.ceil(size / width);
}

/** Digits that offsets of a body of `size` bytes need: 8, or more above 4 GiB. */
export function offsetDigits(size: number): number {
  return Math.max(8, Math.max(0, size - 1).toString(16).length);
}

/**
 * Row `index` of a dump of `width` bytes a row. `bytes` holds the body from `base` on; bytes outside it are left out. Bytes within
 * `mark` are marked.
 */
export function hexRow(
  bytes: Uint8Array,
  base: number,
  index: number,
  width: number,
  digits: number,
  mark?: ByteRange,
): HexRow {
  const first = index * width;
  const cells: HexCell[] = [];
  for (let at = first; at < first + width; at++) {
    const byte = bytes[at - base];
    if (at < base || byte === undefined) continue;
    cells.push({
      hex: byte.toString(16).padStart(2, '0'),
      char: byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·',
      marked: mark !== undefined && at >= mark.start && at < mark.end,
    });
  }
  return { offset: first.toString(16).padStart(digits, '0'), cells };
}

/** A range as plain text in the form of `hexdump -C`, for copying. */
export function hexDump(bytes: Uint8Array, base: number, width = 16): string {
  const digits = offsetDigits(base + bytes.length);
  const lines: string[] = [];
  for (let row = Math.floor(base / width); row * width < base + bytes.length; row++) {
    const { offset, cells } = hexRow(bytes, base, row, width, digits);
    const hex = cells.map((cell) => cell.hex).join(' ');
    lines.push(`${offset}  ${hex.padEnd(width * 3 - 1)}  ${cells.map((cell) => cell.char).join('')}`);
  }
  return lines.join('\n');
}
