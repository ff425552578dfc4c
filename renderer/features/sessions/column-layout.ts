/**
 * Which columns are shown, in which order and how wide: the user's layout as a value, kept as one line of text. Pure. A text that means nothing
 * (an older or newer Sluice wrote it) gives what it can and the rest as at first.
 */
import {
  COLUMN_IDS,
  COLUMNS,
  type Column,
  type ColumnId,
  columnOf,
  fieldOf,
  isOwn,
  MOST_OWN,
  type OwnId,
  ownId,
} from './columns.ts';

export interface PlacedColumn {
  readonly id: ColumnId;
  readonly shown: boolean;
  /** px, when the user has chosen it. */
  readonly width?: number;
}

/** All columns, each once, in their order; those that somebody made are among them. */
export type ColumnLayout = readonly PlacedColumn[];

export const WIDTHS = { least: 30, most: 1200 } as const;
const within = (width: number) => Math.round(Math.min(WIDTHS.most, Math.max(WIDTHS.least, width)));

export const FIRST_LAYOUT: ColumnLayout = COLUMN_IDS.map((id) => ({
  id,
  shown: COLUMNS[id].hidden !== true,
}));

const isColumn = (id: string): id is ColumnId =>
  isOwn(id) ? fieldOf(id) !== undefined : (COLUMN_IDS as readonly string[]).includes(id);

/** Reads `id`, `id:120`, `-id`; columns that are not named stand where they stand at first, after their neighbour. */
export function parseLayout(text: string): ColumnLayout {
  const placed: PlacedColumn[] = [];
  for (const word of text.split(' ')) {
    const [, minus, id = '', width] = /^(-?)([A-Za-z]+|\+[\w%.!~*'()-]+)(?::(\d{1,4}))?$/.exec(word) ?? [];
    if (!isColumn(id) || placed.some((column) => column.id === id)) continue;
    if (isOwn(id) && placed.filter((column) => isOwn(column.id)).length >= MOST_OWN) continue;
    placed.push({
      id,
      shown: minus === '',
      ...(width === undefined ? {} : { width: within(Number(width)) }),
    });
  }
  for (const [index, first] of FIRST_LAYOUT.entries()) {
    if (placed.some(({ id }) => id === first.id)) continue;
    const before = FIRST_LAYOUT[index - 1]?.id;
    placed.splice(placed.findIndex(({ id }) => id === before) + 1, 0, first);
  }
  return placed.some(({ shown }) => shown) ? placed : FIRST_LAYOUT;
}

export const formatLayout = (layout: ColumnLayout): string =>
  layout
    .map(({ id, shown, width }) => `${shown ? '' : '-'}${id}${width === undefined ? '' : `:${width}`}`)
    .join(' ');

const changed = (layout: ColumnLayout, id: ColumnId, change: Partial<PlacedColumn>): ColumnLayout =>
  layout.map((column) => (column.id === id ? { ...column, ...change } : column));

export const resized = (layout: ColumnLayout, id: ColumnId, width: number): ColumnLayout =>
  changed(layout, id, { width: within(width) });

/** Shows or hides it; the last one that is shown stays. */
export function toggled(layout: ColumnLayout, id: ColumnId): ColumnLayout {
  const now = layout.find((column) => column.id === id);
  const last = layout.filter(({ shown }) => shown).length === 1;
  return now === undefined || (now.shown && last) ? layout : changed(layout, id, { shown: !now.shown });
}

/** `id` taken out and put before `target`, or at the end. */
export function moved(layout: ColumnLayout, id: ColumnId, target: ColumnId | undefined): ColumnLayout {
  const column = layout.find((one) => one.id === id);
  if (column === undefined || id === target) return layout;
  const others = layout.filter((one) => one.id !== id);
  const at = target === undefined ? others.length : others.findIndex((one) => one.id === target);
  return [...others.slice(0, at), column, ...others.slice(at)];
}

/** One place to the left or right among the columns that are shown. */
export function nudged(layout: ColumnLayout, id: ColumnId, by: -1 | 1): ColumnLayout {
  const shown = layout.filter((column) => column.shown).map((column) => column.id);
  const at = shown.indexOf(id);
  const other = shown[at + by];
  if (at < 0 || other === undefined) return layout;
  return by < 0 ? moved(layout, id, other) : moved(layout, other, id);
}

/** A column of that field at the end, or shown again; the same layout when there are too many. */
export function added(layout: ColumnLayout, field: string): ColumnLayout {
  const id = ownId(field);
  if (layout.some((column) => column.id === id)) return changed(layout, id, { shown: true });
  const own = layout.filter((column) => isOwn(column.id)).length;
  return own >= MOST_OWN ? layout : [...layout, { id, shown: true }];
}

export const removed = (layout: ColumnLayout, id: OwnId): ColumnLayout =>
  layout.filter((column) => column.id !== id);

export interface ShownColumn extends Column {
  readonly chosen?: number;
}

/** The columns that stand in a list of `room` px: those least told of are left out first, unless the user has arranged the list himself. */
export function shownColumns(layout: ColumnLayout, room: number): readonly ShownColumn[] {
  const own = layout !== FIRST_LAYOUT && formatLayout(layout) !== formatLayout(FIRST_LAYOUT);
  return layout
    .filter(({ id, shown }) => shown && (own || room >= (columnOf(id).leastRoom ?? 0)))
    .map(({ id, width }) => ({ ...columnOf(id), ...(width === undefined ? {} : { chosen: width }) }));
}

/** For `grid-template-columns`. When no column shares what is left, an empty one takes it. */
export function template(columns: readonly ShownColumn[]): string {
  const tracks = columns.map(({ width, share, chosen }) => {
    if (chosen !== undefined) return `${chosen}px`;
    return share === undefined ? `${width}px` : `minmax(${width}px, ${share}fr)`;
  });
  const shared = columns.some(({ share, chosen }) => share !== undefined && chosen === undefined);
  return shared ? tracks.join(' ') : `${tracks.join(' ')} minmax(0, 1fr)`;
}
