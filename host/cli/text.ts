/** Text for a terminal: aligned columns, sizes and times, and captured text that cannot move the cursor or change colours. Pure. */

/**
 * Escapes control characters (C0 but tab and line feed, DEL, C1) and the marks that reorder a line; captured text may hold terminal
 * commands.
 */
export const safeText = (text: string): string =>
  text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (c) =>
    c === '\t' || c === '\n' ? c : `\\u{${c.codePointAt(0)?.toString(16)}}`,
  );

/** The same for one line. */
export const safeLine = (text: string): string => safeText(text).replace(/[\t\n]/g, ' ');

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** Bytes as people say them: "0 B", "512 B", "1.5 KB" (1,024 bytes). */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}

/** Local time of day of an epoch in milliseconds, "14:03:59.120". */
export function timeText(epochMs: number): string {
  const date = new Date(epochMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const ms = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
}

export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align?: 'right';
}

/** Cells in columns two blanks apart; a longer cell keeps its text, the last is not padded. */
export function alignedLine(columns: readonly Column[], cells: readonly string[]): string {
  return columns
    .map(({ width, align }, index) => {
      const cell = cells[index] ?? '';
      if (align === 'right') return cell.padStart(width);
      return index === columns.length - 1 ? cell : cell.padEnd(width);
    })
    .join('  ')
    .trimEnd();
}
