/** Markdown for reports: text in, text out. */

/** A cell's text must neither end the cell nor the line. */
const escaped = (cell: string) => cell.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');

/** The first column is text, the others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '--:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** Without what tells where on whose machine this was made: each of `paths` becomes an ellipsis. */
export const withoutPaths = (text: string, paths: readonly string[]): string =>
  paths
    .filter((path) => path.length > 1)
    .toSorted((a, b) => b.length - a.length)
    .reduce((shorter, path) => shorter.replaceAll(path, '…'), text);

/** With thousands apart and so many digits after the point. */
export const number = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** As `2026-01-31 23:59 UTC`. */
export const isoMinute = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
