/** Sessions as the rows of a table, for an issue (Markdown) or a spreadsheet (tabs between cells). Pure; bodies and headers stay out. */
import type { SessionRow } from '#model/session.ts';
import { formatDuration, formatSize } from '../../text/format.ts';

const HEADS = ['#', 'Method', 'Status', 'URL', 'Type', 'Size', 'Time'] as const;

/** Words that a line break or a control character would tear are kept together. */
const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ');

const statusOf = ({ status, error }: SessionRow) => String(status ?? error ?? '');

/** GitHub's tables: a bar would end the cell. */
export function markdownTable(rows: readonly SessionRow[]): string {
  const cell = (text: string) => oneLine(text).replace(/[\\|]/g, '\\$&');
  const code = (text: string) => {
    const escaped = oneLine(text).replace(/\|/g, '\\|');
    return escaped.includes('`') ? `\`\` ${escaped} \`\`` : `\`${escaped}\``;
  };
  const lines = rows.map((row) => [
    String(row.id),
    cell(row.method),
    statusOf(row),
    code(row.url),
    cell(row.mime ?? ''),
    formatSize(row.responseBodySize),
    formatDuration(row.durationMs),
  ]);
  const rule = HEADS.map((head) => (/^(?:#|Size|Time)$/.test(head) ? '--:' : '---'));
  return [[...HEADS], rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Figures as they are, in bytes and milliseconds. What a spreadsheet would take for a formula is text. */
export function tabbedRows(rows: readonly SessionRow[]): string {
  const cell = (text: string) => oneLine(text).replace(/^(?=[=+@-])/, "'");
  const lines = rows.map((row) => [
    String(row.id),
    cell(row.method),
    statusOf(row),
    cell(row.url),
    cell(row.mime ?? ''),
    String(row.responseBodySize),
    row.durationMs === undefined ? '' : String(Math.round(row.durationMs * 10) / 10),
  ]);
  return [[...HEADS], ...lines].map((cells) => cells.join('\t')).join('\n');
}
