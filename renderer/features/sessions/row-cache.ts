/** The rows known of a list too long to hold: what the host's windows brought, by index, and no more than a few windows of them. */
import type { SessionWindow } from '#model/contract/contract.ts';
import type { SessionRow } from '#model/session.ts';

const MOST = 2000;

export class RowCache {
  /** Filter and order of the list the rows belong to. */
  #list = '';
  #rows = new Map<number, SessionRow>();
  matched = 0;
  total = 0;
  /** Whether any window has come yet. */
  loaded = false;

  /** Whether the rows known are of that list, and not of the one before it. */
  shows(list: string): boolean {
    return this.loaded && this.#list === list;
  }

  rowAt(index: number): SessionRow | undefined {
    return this.#rows.get(index);
  }

  /** Row and index of a session, if it is among the known rows. */
  find(id: number): { readonly index: number; readonly row: SessionRow } | undefined {
    for (const [index, row] of this.#rows) if (row.id === id) return { index, row };
    return undefined;
  }

  /**
   * Takes in a window. Rows beyond it stay only in a list that grows at its end, where an index keeps its session: elsewhere they may
   * have moved.
   */
  apply(list: string, window: SessionWindow, growsAtEnd: boolean): void {
    const removed = window.total < this.total;
    if (list !== this.#list || !growsAtEnd || removed || this.#rows.size > MOST) this.#rows.clear();
    this.#list = list;
    this.matched = window.matched;
    this.total = window.total;
    this.loaded = true;
    for (const [i, row] of window.rows.entries()) this.#rows.set(window.offset + i, row);
  }
}
