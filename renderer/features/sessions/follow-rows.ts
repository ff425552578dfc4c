/** Keeps the selection with its session while rows come, go and change places. Decides only; use-rows.ts asks the host where told to. */
import type { SessionId, SessionRow } from '#model/session.ts';
import { movedTo, NO_SELECTION, type Selection, selectOne } from '../../state/selection.ts';

export interface KnownRows {
  readonly matched: number;
  rowAt(index: number): SessionRow | undefined;
  find(id: SessionId): { readonly index: number; readonly row: SessionRow } | undefined;
}

export interface Place {
  readonly selection: Selection;
  readonly current: SessionRow | undefined;
}

export interface Followed extends Place {
  /** Sessions that are gone, whatever the known rows say. */
  readonly removed: ReadonlySet<SessionId>;
}

/** The new place, `ask` when only the host knows where the session is now, or undefined when nothing changed. */
export function followRows(followed: Followed, rows: KnownRows): Place | 'ask' | undefined {
  const { selection, current } = followed;
  if (current === undefined) return awaited(followed, rows);
  const found = rows.find(current.id);
  if (found === undefined) {
    const elsewhere = rows.rowAt(selection.cursor) !== undefined || selection.cursor >= rows.matched;
    return elsewhere ? 'ask' : undefined;
  }
  if (found.index === selection.cursor) {
    return found.row === current ? undefined : { selection, current: found.row };
  }
  return { selection: movedTo(selection, found.index), current: found.row };
}

/** The cursor was put on a row that had not come yet, or on what follows removed ones. */
function awaited({ selection, removed }: Followed, rows: KnownRows): Place | undefined {
  if (selection.cursor < 0) return undefined;
  const cursor = Math.min(selection.cursor, rows.matched - 1);
  if (cursor < 0) return { selection: NO_SELECTION, current: undefined };
  const row = rows.rowAt(cursor);
  if (row === undefined || removed.has(row.id)) return undefined;
  return {
    selection: selection.ids.size > 0 ? { ...selection, cursor } : selectOne(cursor, row.id),
    current: row,
  };
}
