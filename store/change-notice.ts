/** Gathers what changed into notices at most every 50 ms: a batch that comes after a pause is told at once, later ones together. */
import type { SessionId } from '#model/session.ts';
import type { StoreChange, StoreTotals } from './capture-store.ts';
import type { Change } from './worker-store.ts';

export const NOTICE_MS = 50;

export class ChangeNotice implements Disposable {
  readonly #totals: () => StoreTotals;
  readonly #tell: (change: StoreChange) => void;
  /** What changed and did not end: few, however many sessions pass. */
  #changed = new Set<SessionId>();
  #ended: SessionId[] = [];
  #removed = false;
  #findings = false;
  #totalsChanged = false;
  #lastAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(totals: () => StoreTotals, tell: (change: StoreChange) => void) {
    this.#totals = totals;
    this.#tell = tell;
  }

  add(change: Change): void {
    for (const id of change.changed ?? []) this.#changed.add(id);
    for (const id of change.ended ?? []) {
      this.#changed.delete(id);
      this.#ended.push(id);
    }
    this.#removed ||= change.removed === true;
    this.#findings ||= change.findings === true;
    this.#totalsChanged ||= change.totals === true;
    if (this.#timer !== undefined) return;
    const rest = this.#lastAt + NOTICE_MS - performance.now();
    if (rest <= 0) this.flush();
    else this.#timer = setTimeout(() => this.flush(), rest);
  }

  /** Tells now what has been gathered; nothing when that is nothing. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changed = [...this.#ended, ...this.#changed];
    if (changed.length === 0 && !this.#removed && !this.#findings && !this.#totalsChanged) return;
    this.#lastAt = performance.now();
    const change = { changed, ended: this.#ended, removed: this.#removed };
    const findings = this.#findings;
    this.#changed = new Set();
    this.#ended = [];
    this.#removed = false;
    this.#findings = false;
    this.#totalsChanged = false;
    this.#tell({ ...change, findings, totals: this.#totals() });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
