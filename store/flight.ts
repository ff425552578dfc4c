/**
 * A session in flight: what its row says by now, and what the batch in hand has brought of it. It keeps a few numbers and no bytes,
 * however long it lasts.
 */
import type { Beginning } from './batch-reader.ts';
import { ACTIVE, codeOf, KINDS, SOURCES, STATES } from './codes.ts';

const TUNNEL = codeOf(KINDS, 'tunnel');
const PROXY = codeOf(SOURCES, 'proxy');
const COMPLETED = codeOf(STATES, 'completed');

/** Bytes of a body that lie together; `start` is their offset in the body. */
export interface Run {
  segment: number;
  position: number;
  readonly side: 0 | 1;
  readonly start: number;
  length: number;
  /** Whether the log tells its place: that of the first run only. */
  logged: boolean;
  /** Whether it is another session's copy of the same bytes. */
  shared?: boolean;
}

/** Lists hold what the batch in hand brought and are emptied with it. */
export class Flight {
  readonly begun: Beginning;
  kind: number;
  state = ACTIVE;
  durationMs: number | null = null;
  status: number | null = null;
  mime = 0;
  process = 0;
  failure = 0;
  readonly sizes: [number, number] = [0, 0];
  messages = 0;
  /** Whether somebody marked it or wrote to it: retention then leaves it alone. */
  kept = false;
  /** Bits of the sides whose bodies are not kept: 1 request, 2 response. */
  dropped = 0;
  /** Whether its row is in the index. */
  stored = false;
  /** Where the newest piece of its log lies; no length: there is none yet. */
  segment = 0;
  position = 0;
  length = 0;
  touched = false;
  responded = false;
  /** Entries for its log: offsets of beginning and end, in pairs. */
  readonly entries: number[] = [];
  /** Runs that the log or the index does not know, or knows with another length. */
  readonly runs: Run[] = [];
  readonly lastRun: [Run | undefined, Run | undefined] = [undefined, undefined];
  /** Messages: offset of the data, and offsets of beginning and end, in threes. */
  readonly messageEntries: number[] = [];

  constructor(begun: Beginning) {
    this.begun = begun;
    this.kind = begun.kind;
  }

  /** See `isDecrypted` in totals.ts. */
  get decrypted(): boolean {
    const { source, secure } = this.begun;
    return secure && source === PROXY && this.kind !== TUNNEL && this.state === COMPLETED;
  }

  log(start: number, end: number): void {
    const last = this.entries.length - 1;
    if (this.entries[last] === start) this.entries[last] = end;
    else this.entries.push(start, end);
  }

  extend(side: 0 | 1, length: number, segment: number, position: number): void {
    const start = this.sizes[side];
    this.sizes[side] += length;
    if (length === 0) return;
    const last = this.lastRun[side];
    if (last !== undefined && last.segment === segment && last.position + last.length === position) {
      last.length += length;
      if (this.runs.indexOf(last) < 0) this.runs.push(last);
      return;
    }
    const run = { side, start, segment, position, length, logged: false };
    this.lastRun[side] = run;
    this.runs.push(run);
  }

  /** Keeps nothing more of a body, and forgets what the batch in hand brought of it: that is answered. */
  drop(side: 0 | 1): Run[] {
    this.dropped |= 1 << side;
    this.lastRun[side] = undefined;
    const runs = this.runs.filter((run) => run.side === side);
    const others = this.runs.filter((run) => run.side !== side);
    this.runs.splice(0, this.runs.length, ...others);
    return runs;
  }

  isDropped(side: 0 | 1): boolean {
    return (this.dropped & (1 << side)) !== 0;
  }

  /** A message: the offset of its data, and where its entry begins and ends. */
  hear(offset: number, start: number, end: number): void {
    this.messages += 1;
    this.messageEntries.push(offset, start, end);
  }

  /** Forgets what the batch brought. */
  settle(): void {
    this.touched = false;
    this.entries.length = 0;
    this.runs.length = 0;
    this.messageEntries.length = 0;
  }
}
