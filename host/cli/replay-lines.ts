/** The results of a replay for a terminal: a line each as they come, and what they come to. Pure. */
import type { ReplayProgress, ReplayRow } from '#model/replay/plan.ts';
import { sourceText, type Variable } from '#model/replay/scenario.ts';
import { safeLine } from '#model/safe-text.ts';
import { alignedLine, type Column, sizeText } from './text.ts';

const MOST_VALUE = 40;
const MOST_DIFFERENCES = 3;

const columnsFor = (parts: readonly string[]): Column[] => [
  { title: 'N', width: 5, align: 'right' },
  ...parts.map((part): Column => ({ title: safeLine(part).toUpperCase(), width: Math.max(part.length, 12) })),
  { title: 'SESSION', width: 7, align: 'right' },
  { title: 'STATUS', width: 8 },
  { title: 'SIZE', width: 9, align: 'right' },
  { title: 'MS', width: 7, align: 'right' },
  { title: 'EXTRACTED', width: 16 },
  { title: 'DIFFERS', width: 0 },
];

const cut = (text: string) => (text.length > MOST_VALUE ? `${text.slice(0, MOST_VALUE - 1)}…` : text);

function differsText(names: readonly string[], missing: readonly string[] = []): string {
  if (missing.length > 0) return `no ${missing.join(', ')}; ${differsText(names)}`;
  if (names.length === 0) return '-';
  const more = names.length - MOST_DIFFERENCES;
  return names.slice(0, MOST_DIFFERENCES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

export const replayTitles = (parts: readonly string[]): string => {
  const columns = columnsFor(parts);
  return alignedLine(
    columns,
    columns.map(({ title }) => title),
  );
};

export const replayLine = (parts: readonly string[], row: ReplayRow): string =>
  alignedLine(
    columnsFor(parts),
    [
      String(row.index),
      ...parts.map((_, i) => cut(row.values[i] ?? '')),
      row.id === undefined ? '' : String(row.id),
      String(row.status ?? (row.id === undefined ? 'not sent' : (row.failure ?? '-'))),
      sizeText(row.size),
      row.durationMs === undefined ? '' : String(Math.round(row.durationMs)),
      cut(row.extracted ?? ''),
      row.id === undefined ? (row.failure ?? '') : differsText(row.differs, row.missing),
    ].map(safeLine),
  );

/** Statuses with how many each, those without an answer, and why it ended. */
export function replaySummary({ state, total, reason }: ReplayProgress, rows: readonly ReplayRow[]): string {
  const counts = new Map<string, number>();
  for (const { status, failure } of rows) {
    const name = String(status ?? failure ?? 'no answer');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const statuses = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${count} × ${cut(safeLine(name))}`);
  const different = rows.filter(({ differs }) => differs.length > 0).length;
  const how =
    state === 'done'
      ? ''
      : ` Ended before the end: ${reason ?? (state === 'cancelled' ? 'it was told to' : state)}.`;
  return `${rows.length} of ${total} answered: ${statuses.join(', ') || 'none'}; ${different} differ from what was recorded.${how}`;
}

/** One variable of a scenario without its value, which may be a secret: "token  JSON $.token of 12  →  13 header.Authorization". */
export function variableLine({ name, source, from, uses }: Variable): string {
  const [first = '', second, ...more] = uses.map(({ id, part }) => `${id} ${part}`);
  const used = [
    first,
    ...(second === undefined ? [] : [second]),
    ...(more.length > 0 ? [`${more.length} more`] : []),
  ];
  return safeLine(`  ${name}: ${sourceText(source)} of ${from} → ${used.join(', ')}`);
}
