/**
 * Keeps a capture within what the user wants of it: takes the oldest sessions away, and bodies that are too long, a few at a time. It never
 * touches what somebody marked or wrote to, nor what is still active, and it counts what it takes.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Retention } from '#model/contract/contract.ts';
import type { SessionId } from '#model/session.ts';
import { ACTIVE } from './codes.ts';
import { remove } from './edits.ts';
import { BLOCK_IDS } from './match-counts.ts';
import type { Counters } from './totals.ts';
import { transaction } from './transaction.ts';

/** Sessions that one step takes at most. */
const AT_ONCE = 500;
/** How far a capture may grow over its size before something is taken away, as a share of it: so that it is not done for every batch. */
const SLACK = 0.02;
const MOST_SLACK = 1000;

const KEYS = { keepLast: 'keep_last', keepBytes: 'keep_bytes', dropBodiesOver: 'drop_bodies_over' } as const;
const NAMES = Object.keys(KEYS) as (keyof typeof KEYS)[];

const EXPENDABLE = `state <> ${ACTIVE} AND mark = 0 AND comment IS NULL`;

/** What the capture was last told to keep. */
export function readRetention(db: DatabaseSync): Retention {
  const get = db.prepare('SELECT value FROM meta WHERE key = ?');
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = get.get(KEYS[name])?.value;
      return typeof value === 'number' ? [[name, value]] : [];
    }),
  );
}

/** What a step changed. */
export interface Taken {
  readonly removed: boolean;
  readonly changed: readonly SessionId[];
}

export class RetentionKeeper {
  readonly #db: DatabaseSync;
  readonly #counters: () => Counters;
  readonly #diskBytes: () => number;
  readonly #oldest: StatementSync;
  #policy: Retention;
  /** Bodies of sessions above this id have not been looked at since the limit was changed. */
  #looked = Number.MAX_SAFE_INTEGER;
  /** The capture as it was when nothing more could be taken: while it is so there is nothing to do. */
  #stuck: string | undefined;
  /** Taking away goes on until the capture is within its limit, and begins when it is over it by the slack. */
  #taking = false;

  constructor(db: DatabaseSync, counters: () => Counters, diskBytes: () => number) {
    this.#db = db;
    this.#counters = counters;
    this.#diskBytes = diskBytes;
    this.#policy = readRetention(db);
    this.#oldest = db.prepare(
      `SELECT id, length + iif(dropped & 1, 0, request_size) + iif(dropped & 2, 0, response_size) AS bytes
        FROM sessions WHERE ${EXPENDABLE} ORDER BY id LIMIT ?`,
    );
  }

  get policy(): Retention {
    return this.#policy;
  }

  set(policy: Retention): void {
    transaction(this.#db, () => {
      for (const name of NAMES) {
        const value = policy[name];
        if (value === undefined) this.#db.prepare('DELETE FROM meta WHERE key = ?').run(KEYS[name]);
        else this.#db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(KEYS[name], value);
      }
    });
    this.#policy = Object.fromEntries(
      NAMES.flatMap((name) => (policy[name] === undefined ? [] : [[name, policy[name]]])),
    );
    this.#taking = true;
    this.#stuck = undefined;
    this.#looked = policy.dropBodiesOver === undefined ? Number.MAX_SAFE_INTEGER : 0;
  }

  /** Whether a step would do something. */
  get isBusy(): boolean {
    if (this.#looked < Number.MAX_SAFE_INTEGER) return true;
    if (this.#stuck === this.#state) return false;
    const slack = this.#taking ? 0 : SLACK;
    const { keepLast, keepBytes } = this.#policy;
    const { sessions, active } = this.#counters().now;
    const over = keepLast === undefined ? 0 : sessions - keepLast;
    if (over > Math.min(MOST_SLACK, (keepLast ?? 0) * slack) && sessions > active) return true;
    if (keepBytes !== undefined && this.#liveBytes() > keepBytes * (1 + slack) && sessions > active)
      return true;
    this.#taking = false;
    return false;
  }

  /** Takes some away; undefined when there is nothing (more) that may be taken. */
  step(): Taken | undefined {
    if (this.#looked < Number.MAX_SAFE_INTEGER) return this.#dropBodies();
    if (!this.isBusy) return undefined;
    this.#taking = true;
    const ids = this.#expendable();
    if (ids.length === 0) {
      this.#taking = false;
      this.#stuck = this.#state;
      return undefined;
    }
    const counters = this.#counters();
    remove(this.#db, counters, ids, ({ sessions, bytes }) => {
      counters.now.droppedSessions += sessions;
      counters.now.droppedBytes += bytes;
    });
    return { removed: true, changed: [] };
  }

  /** Marks have changed: there may be something to take after all. */
  lookAgain(): void {
    this.#stuck = undefined;
  }

  get #state(): string {
    const { sessions, active } = this.#counters().now;
    return `${sessions} ${active}`;
  }

  /** What the capture would take if it were compact. */
  #liveBytes(): number {
    return this.#diskBytes() - this.#counters().now.deadBytes;
  }

  #expendable(): SessionId[] {
    const { keepLast, keepBytes } = this.#policy;
    const tooMany = keepLast === undefined ? 0 : this.#counters().now.sessions - keepLast;
    let tooBig = keepBytes === undefined ? 0 : this.#liveBytes() - keepBytes;
    const ids: SessionId[] = [];
    for (const { id, bytes } of this.#oldest.iterate(AT_ONCE)) {
      if (ids.length >= tooMany && tooBig <= 0) break;
      ids.push(Number(id));
      tooBig -= Number(bytes);
    }
    return ids;
  }

  /** Of one block of ids: bodies that are over the limit and were recorded before it was set. */
  #dropBodies(): Taken {
    const { dropBodiesOver: limit = Number.MAX_SAFE_INTEGER } = this.#policy;
    const first = this.#db.prepare('SELECT min(id) AS id FROM sessions WHERE id > ?').get(this.#looked)?.id;
    if (typeof first !== 'number') {
      this.#looked = Number.MAX_SAFE_INTEGER;
      return { removed: false, changed: [] };
    }
    const last = first + BLOCK_IDS;
    const found = this.#db
      .prepare(
        `SELECT id, request_size, response_size, dropped FROM sessions WHERE id BETWEEN ? AND ? AND ${EXPENDABLE}
          AND max(request_size * (dropped & 1 = 0), response_size * (dropped & 2 = 0)) > ?`,
      )
      .all(first, last, limit);
    const counters = this.#counters();
    transaction(this.#db, () => {
      const setDropped = this.#db.prepare('UPDATE sessions SET dropped = ? WHERE id = ?');
      const dropExtents = this.#db.prepare('DELETE FROM extents WHERE session = ? AND side = ?');
      for (const { id, request_size, response_size, dropped } of found) {
        let bits = Number(dropped);
        for (const [side, size] of [Number(request_size), Number(response_size)].entries()) {
          if (size <= limit || bits & (1 << side)) continue;
          bits |= 1 << side;
          dropExtents.run(id ?? 0, side);
          counters.now.droppedBodies += 1;
          counters.now.droppedBytes += size;
          counters.now.deadBytes += size;
        }
        setDropped.run(bits, id ?? 0);
      }
      counters.save();
    });
    this.#looked = last;
    return { removed: false, changed: found.map(({ id }) => Number(id)) };
  }
}
