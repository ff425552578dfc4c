/** Columns that somebody made of a header, a cookie, a parameter, a JSON path: what has been read for them, a few hundred rows at most. */
import { create } from 'zustand';
import type { SessionId, SessionRow } from '#model/session.ts';
import type { ColumnId } from './columns.ts';

/** Texts by column. */
export type OwnTexts = ReadonlyMap<ColumnId, string>;

/** Whether the dialog is open in which one is made. */
export const useAddingColumn = create<{ readonly open: boolean }>()(() => ({ open: false }));

/** Rows that are kept. */
const MOST_ROWS = 2000;

/** What is known of which session; a session that has gone on since is read again. */
export class OwnCells {
  #columns = '';
  readonly #texts = new Map<SessionId, { readonly texts: OwnTexts; readonly as: string }>();

  /** Other columns make everything unknown. */
  use(columns: readonly ColumnId[]): void {
    const name = columns.join(' ');
    if (name === this.#columns) return;
    this.#columns = name;
    this.#texts.clear();
  }

  get(id: SessionId): OwnTexts | undefined {
    return this.#texts.get(id)?.texts;
  }

  /** Those of which nothing is known, or only from before. */
  missing(rows: readonly (SessionRow | undefined)[], most: number): SessionRow[] {
    const wanted = rows.filter((row) => row !== undefined && this.#texts.get(row.id)?.as !== versionOf(row));
    return wanted.flatMap((row) => row ?? []).slice(0, most);
  }

  put(row: SessionRow, texts: OwnTexts): void {
    this.#texts.delete(row.id);
    this.#texts.set(row.id, { texts, as: versionOf(row) });
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= MOST_ROWS) break;
      this.#texts.delete(oldest);
    }
  }
}

/** What changes when there is more to read of a session. */
const versionOf = ({ state, status, responseBodySize }: SessionRow) =>
  `${state} ${status ?? ''} ${responseBodySize}`;
