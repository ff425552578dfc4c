/** Text for a terminal: aligned columns, sizes and times. Pure. */

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
