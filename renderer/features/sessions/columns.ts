/** The grid's columns: what each is called, whether the list can be sorted by it, how wide it is at first. What stands in them: Cells.tsx. */
import type { SortKey } from '#model/contract/contract.ts';
import { sessionsText } from '../../text/sessions.ts';

/** In the order they stand at first. */
export const COLUMN_IDS = [
  'id',
  'method',
  'status',
  'protocol',
  'scheme',
  'host',
  'path',
  'findings',
  'type',
  'requestSize',
  'size',
  'started',
  'duration',
  'waterfall',
  'process',
  'comment',
] as const;
export type BuiltInId = (typeof COLUMN_IDS)[number];
/** A column that somebody made: `+` and the field that stands in it, encoded as in a URL so that it is one word. */
export type OwnId = `+${string}`;
export type ColumnId = BuiltInId | OwnId;

export interface Column {
  readonly id: ColumnId;
  readonly label: string;
  /** Figures stand right-aligned so that they can be compared. */
  readonly numeric: boolean;
  /** Absent: the list has no such order. */
  readonly sort?: SortKey;
  /** px; a column that takes what is left has a share of it instead, and this as its least. */
  readonly width: number;
  readonly share?: number;
  /** Not shown until asked for. */
  readonly hidden?: boolean;
  /** Left out in lists narrower than this, px, unless the user chose its width or place. */
  readonly leastRoom?: number;
}

const column = (id: BuiltInId, width: number, more: Partial<Column> = {}): Column => ({
  id,
  label: sessionsText.columns[id],
  numeric: false,
  width,
  ...more,
});

export const COLUMNS: Readonly<Record<BuiltInId, Column>> = {
  id: column('id', 62, { numeric: true, sort: 'id' }),
  method: column('method', 72, { sort: 'method' }),
  status: column('status', 52, { sort: 'status' }),
  protocol: column('protocol', 62, { sort: 'protocol', leastRoom: 780 }),
  scheme: column('scheme', 60, { hidden: true }),
  host: column('host', 72, { sort: 'host', share: 1 }),
  path: column('path', 92, { sort: 'path', share: 1.7 }),
  findings: column('findings', 30, { sort: 'findings' }),
  type: column('type', 72, { sort: 'type', leastRoom: 680 }),
  requestSize: column('requestSize', 80, { numeric: true, hidden: true }),
  size: column('size', 72, { numeric: true, sort: 'size', leastRoom: 620 }),
  started: column('started', 98, { numeric: true, sort: 'time', hidden: true }),
  duration: column('duration', 70, { numeric: true, sort: 'duration' }),
  waterfall: column('waterfall', 160, { hidden: true }),
  process: column('process', 96, { sort: 'process', hidden: true }),
  comment: column('comment', 140, { hidden: true }),
};

/** More are not read at once. */
export const MOST_OWN = 12;

export const isOwn = (id: string): id is OwnId => id.startsWith('+');
export const ownId = (field: string): OwnId => `+${encodeURIComponent(field)}`;

/** As the filter language names it; undefined for what is no encoding. */
export function fieldOf(id: OwnId): string | undefined {
  try {
    return decodeURIComponent(id.slice(1)) || undefined;
  } catch {
    return undefined;
  }
}

/** Its head is the name alone: what kind of name it is, the hint says. */
export function columnOf(id: ColumnId): Column {
  if (!isOwn(id)) return COLUMNS[id];
  const field = fieldOf(id) ?? '';
  return { id, label: field.replace(/^[a-z]+:/, ''), numeric: false, width: 120 };
}
