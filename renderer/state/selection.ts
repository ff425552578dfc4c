/** Which rows are taken and where the cursor stands, as values: every change makes a new one. Rows are named by id, places by index. */
import type { SessionId } from '#model/session.ts';

export interface Selection {
  readonly ids: ReadonlySet<SessionId>;
  /** Row index of the cursor; -1: none. */
  readonly cursor: number;
  /** Row index from which a range extends; -1: none. */
  readonly anchor: number;
}

export const NO_SELECTION: Selection = { ids: new Set(), cursor: -1, anchor: -1 };

/** This row alone. */
export function selectOne(index: number, id: SessionId | undefined): Selection {
  return { ids: new Set(id === undefined ? [] : [id]), cursor: index, anchor: index };
}

/** This row in or out; ranges extend from it then. */
export function toggleOne(selection: Selection, index: number, id: SessionId): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, cursor: index, anchor: index };
}

/** Indexes [start, end) between the anchor and a row, both included. */
export function rangeTo({ anchor, cursor }: Selection, index: number): readonly [number, number] {
  const from = anchor >= 0 ? anchor : Math.max(0, cursor);
  return [Math.min(from, index), Math.max(from, index) + 1];
}

/** The rows of a range in the place of what was selected; the anchor stays. */
export function selectRange(selection: Selection, index: number, ids: Iterable<SessionId>): Selection {
  const anchor = selection.anchor >= 0 ? selection.anchor : Math.max(0, selection.cursor);
  return { ids: new Set(ids), cursor: index, anchor };
}

/** After the list was reordered or filtered: the cursor's row has this index now, or is gone (-1) and the selection with it. */
export function movedTo(selection: Selection, index: number): Selection {
  return index < 0 ? NO_SELECTION : { ...selection, cursor: index, anchor: index };
}

/** What a key of the grid does to the cursor; undefined: nothing. `page` is the rows a page holds. */
export function cursorAfterKey(key: string, cursor: number, count: number, page: number): number | undefined {
  if (count === 0) return undefined;
  const at = Math.min(cursor, count - 1);
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    j: at + 1,
    ArrowUp: at < 0 ? count - 1 : at - 1,
    k: at < 0 ? count - 1 : at - 1,
    PageDown: at + page,
    PageUp: at < 0 ? count - 1 : at - page,
    Home: 0,
    End: count - 1,
  };
  const to = Object.hasOwn(moves, key) ? moves[key] : undefined;
  return to === undefined ? undefined : Math.min(Math.max(0, to), count - 1);
}
