/**
 * Looks at all of a capture: the index by SQLite's own check, segments by their checksums, every session by reading it and comparing it with
 * its row. It changes nothing, and goes on after what it finds.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Session, SessionId } from '#model/session.ts';
import type { Damage, VerifyProgress } from './capture-store.ts';
import { BLOCK, isWhole, type Stretch } from './checksums.ts';
import { segmentPath, segmentSizes } from './segment-files.ts';
import { SegmentReader } from './segments.ts';
import type { SessionReader } from './session-reader.ts';
import { readCounts, recount } from './totals.ts';

const INDEX_FAULTS = 100;
const PAGE = 256;

export interface VerificationParts {
  readonly folder: string;
  readonly db: DatabaseSync;
  readonly reader: SessionReader;
}

/** Bytes [from, to) of a segment that are not what was written. */
interface BadRange {
  readonly segment: number;
  readonly from: number;
  to: number;
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Where a session's row and what its log says differ. */
function contradiction({ row, request, response }: Session): string | undefined {
  if (request.head.method !== row.method) return `its row says ${row.method}, its log ${request.head.method}`;
  if (row.status !== undefined && response?.head.status !== row.status)
    return `its row says status ${row.status}, its log ${response?.head.status ?? 'none'}`;
  if (row.kind === 'http' && request.head.target.startsWith('/') && row.path !== request.head.target)
    return 'its row and its log tell of different paths';
  return undefined;
}

export class Verification {
  readonly #parts: VerificationParts;
  readonly #sizes: ReadonlyMap<number, number>;
  readonly #plain: SegmentReader;
  readonly #work: Generator<readonly Damage[]>;
  readonly #bad: BadRange[] = [];
  readonly #total: number;
  #done = false;
  #sessions = 0;
  #checked = 0;

  constructor(parts: VerificationParts) {
    this.#parts = parts;
    this.#sizes = segmentSizes(parts.folder);
    this.#plain = new SegmentReader(parts.folder);
    this.#total = readCounts(parts.db).sessions;
    this.#work = this.#all();
  }

  /** Works for about `ms`, and answers what that found. */
  step(ms: number): VerifyProgress {
    const due = performance.now() + ms;
    const damage: Damage[] = [];
    while (!this.#done && performance.now() < due) {
      const { value, done } = this.#work.next();
      if (done === true) this.#finish();
      else damage.push(...value);
    }
    const bytes = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
    return {
      done: this.#done,
      sessions: this.#sessions,
      ofSessions: this.#total,
      checkedBytes: this.#checked,
      uncheckedBytes: Math.max(0, bytes - this.#checked),
      damage,
    };
  }

  #finish(): void {
    this.#done = true;
    this.#plain[Symbol.dispose]();
  }

  *#all(): Generator<readonly Damage[]> {
    yield this.#index();
    yield this.#counts();
    yield* this.#segments();
    yield* this.#eachSession();
  }

  #index(): Damage[] {
    try {
      return this.#parts.db
        .prepare(`PRAGMA quick_check(${INDEX_FAULTS})`)
        .all()
        .map(({ quick_check }) => String(quick_check))
        .filter((answer) => answer !== 'ok')
        .map((what) => ({ what: `index.db: ${what}` }));
    } catch (error) {
      return [{ what: `index.db: ${reasonOf(error)}` }];
    }
  }

  #counts(): Damage[] {
    try {
      const { db } = this.#parts;
      const [kept, counted] = [readCounts(db), recount(db)];
      return (['sessions', 'decrypted', 'findings'] as const)
        .filter((name) => kept[name] !== counted[name])
        .map((name) => ({
          what: `index.db: its count of ${name} is ${kept[name]}, and there are ${counted[name]}`,
        }));
    } catch (error) {
      return [{ what: `index.db: ${reasonOf(error)}` }];
    }
  }

  *#segments(): Generator<readonly Damage[]> {
    const page = this.#parts.db.prepare(
      `SELECT * FROM sums WHERE (segment, position) > (?, ?) ORDER BY segment, position LIMIT ${PAGE}`,
    );
    for (let last: readonly [number, number] = [0, -1]; ; ) {
      let stretches: Stretch[];
      try {
        stretches = page
          .all(...last)
          .flatMap(({ segment, position, length, crcs }) =>
            crcs instanceof Uint8Array
              ? [{ segment: Number(segment), position: Number(position), length: Number(length), crcs }]
              : [],
          );
      } catch (error) {
        yield [{ what: `index.db: ${reasonOf(error)}` }];
        return;
      }
      for (const stretch of stretches) {
        const before = this.#bad.length;
        this.#check(stretch);
        yield this.#bad.slice(before).map(({ segment, from, to }) => ({
          what: `${segmentPath('', segment)}: bytes ${from} to ${to} are not what was written`,
        }));
        last = [stretch.segment, stretch.position];
      }
      if (stretches.length < PAGE) return;
    }
  }

  #check(stretch: Stretch): void {
    const { segment, position, length } = stretch;
    const bytes = Buffer.allocUnsafe(BLOCK);
    for (let at = 0; at < length; at += BLOCK) {
      const block = bytes.subarray(0, Math.min(BLOCK, length - at));
      let whole = false;
      try {
        this.#plain.read({ segment, position: position + at }, block);
        whole = isWhole(stretch, at / BLOCK, block);
      } catch {
        // Missing bytes are wrong ones.
      }
      this.#checked += block.length;
      if (!whole) this.#addBad(segment, position + at, block.length);
    }
  }

  #addBad(segment: number, from: number, length: number): void {
    const last = this.#bad.at(-1);
    if (last?.segment === segment && last.to === from) last.to += length;
    else this.#bad.push({ segment, from, to: from + length });
  }

  *#eachSession(): Generator<readonly Damage[]> {
    const next = this.#parts.db.prepare('SELECT min(id) AS id FROM sessions WHERE id > ?');
    for (let last = 0; ; ) {
      let id: unknown;
      try {
        id = next.get(last)?.id;
      } catch (error) {
        yield [{ what: `index.db: sessions after ${last} cannot be listed: ${reasonOf(error)}` }];
        return;
      }
      if (typeof id !== 'number') return;
      yield this.#session(id).map((what) => ({ session: id, what }));
      this.#sessions += 1;
      last = id;
    }
  }

  /** What is wrong with a session. */
  #session(id: SessionId): string[] {
    const { db, reader } = this.#parts;
    const wrong: string[] = [];
    try {
      const session = reader.get(id);
      const row = db.prepare('SELECT * FROM sessions WHERE id = ?').get(id);
      if (session === undefined || row === undefined) return [];
      const contradicts = contradiction(session);
      if (contradicts !== undefined) wrong.push(contradicts);
      const pieces = reader.pieces(id, row);
      for (const [side, name] of [[0, 'request'] as const, [1, 'response'] as const]) {
        const runs = reader.runsOf(id, row, side, pieces);
        if (runs.some((run) => this.#isBad(run.segment, run.position, run.length)))
          wrong.push(`its ${name} body is damaged`);
      }
      for (let at = 0; at < session.messageCount; at += PAGE) {
        const messages = reader.messages(id, at, PAGE);
        if (messages.length < Math.min(PAGE, session.messageCount - at)) {
          wrong.push('some of its messages are missing');
          break;
        }
      }
    } catch (error) {
      wrong.push(reasonOf(error));
    }
    return wrong;
  }

  #isBad(segment: number, position: number, length: number): boolean {
    if (position + length > (this.#sizes.get(segment) ?? 0)) return true;
    return this.#bad.some(
      (bad) => bad.segment === segment && bad.from < position + length && position < bad.to,
    );
  }
}
