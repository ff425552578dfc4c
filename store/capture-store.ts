/**
 * The session store as the host sees it: an asynchronous interface to the worker that owns the files. A capture is a folder
 * `NAME.sluice` with an SQLite index and body segments.
 */
import type { CaptureSink } from '#model/capture-event.ts';
import type { CaptureLosses, Retention, SessionOrder } from '#model/contract/contract.ts';
import type { BranchLevel, BranchRef, Timeline } from '#model/contract/tree.ts';
import type { Measured } from '#model/filter/aggregate.ts';
import type { Filter } from '#model/filter/ast.ts';
import type { Aggregation } from '#model/filter/query.ts';
import type { Finding, FindingGroup } from '#model/finding.ts';
import type { BodySide, FullSession, Mark, Message, Session, SessionId, SessionRow } from '#model/session.ts';

/** `create`: must not exist. `write`: created when missing. `read`: never changes a byte; several readers beside one writer. */
export type OpenMode = 'create' | 'write' | 'read';

export interface StoreQuery {
  readonly filter: Filter;
  readonly order: SessionOrder;
  readonly offset: number;
  readonly limit: number;
}

export interface StorePage {
  readonly rows: readonly SessionRow[];
  /** How many sessions pass the filter. */
  readonly matched: number;
  readonly total: number;
  /** Whether `matched` is final; before, it and the rows are of what has been looked at so far. */
  readonly counted: boolean;
}

/** `from`: where the page before ended. */
export interface MeasureQuery {
  readonly filter: Filter;
  readonly table: Aggregation;
  readonly newestFirst?: boolean;
  readonly from?: number;
}

export interface MeasurePage {
  readonly measured: readonly Measured[];
  /** Absent: these were the last. */
  readonly next?: number;
}

export interface TreePage {
  /** The hosts, then what is below each place that was asked for. */
  readonly levels: readonly BranchLevel[];
  readonly counted: boolean;
}

/** `from`, `to`: ms since the epoch; without them the whole capture. */
export interface TimelineQuery {
  readonly filter: Filter;
  readonly from?: number;
  readonly to?: number;
  readonly spans: number;
}

export interface TimelinePage {
  readonly timeline: Timeline;
  readonly counted: boolean;
}

export interface MeasuredSession {
  readonly id: SessionId;
  readonly measured: Measured;
}

export interface StoreTotals {
  readonly sessions: number;
  readonly active: number;
  readonly decrypted: number;
  readonly findings: number;
  readonly diskBytes: number;
  /** About how much of that is of no session any more, and would go with compaction. */
  readonly deadBytes: number;
  readonly losses: CaptureLosses;
  readonly retention: Retention;
}

/** Sessions read at once. */
export interface WholeSessions {
  readonly sessions: readonly FullSession[];
  /** How many of the ids this answers, the first ones; at least one. Those that are not among the sessions are in the capture no more. */
  readonly answered: number;
}

/** How far a compaction is. */
export interface CompactProgress {
  readonly done: boolean;
  /** Segments emptied, of those that are worth it. */
  readonly segments: number;
  readonly ofSegments: number;
  readonly freedBytes: number;
  /** Damaged sessions, which stay where they are. */
  readonly left: readonly SessionId[];
}

/** Something in a capture that is not what was written. */
export interface Damage {
  /** The session that it belongs to, where that is known. */
  readonly session?: SessionId;
  readonly what: string;
}

/** How far a verification is: `damage` is what this step found. */
export interface VerifyProgress {
  readonly done: boolean;
  readonly sessions: number;
  readonly ofSessions: number;
  /** Bytes of segments that were compared with their checksums, and those that have none (from before they were kept). */
  readonly checkedBytes: number;
  readonly uncheckedBytes: number;
  readonly damage: readonly Damage[];
}

/** Said after batches are on disk (at most every 50 ms). `ended` are the ids of sessions that finished in it, and among `changed`. */
export interface StoreChange {
  readonly changed: readonly SessionId[];
  readonly ended: readonly SessionId[];
  readonly removed: boolean;
  readonly findings: boolean;
  readonly totals: StoreTotals;
}

export interface CaptureStore extends CaptureSink, AsyncDisposable {
  readonly path: string;
  /** Highest session id used so far at opening; 0 for a new capture. */
  readonly lastSessionId: SessionId | 0;
  /** What people should know of the capture as it was opened, a sentence each: what of it is damaged. */
  readonly notices: readonly string[];
  /** Resolves when everything written before is committed. @throws SluiceError why it cannot be, while recording is paused */
  flush(): Promise<void>;
  /** The window with the exact count, however long that takes. */
  query(query: StoreQuery): Promise<StorePage>;
  /** The window as far as it is known within some 20 ms; asking again goes on from there. */
  peek(query: StoreQuery): Promise<StorePage>;
  /** Answers when the filter is answered for all sessions. */
  ids(query: StoreQuery): Promise<SessionId[]>;
  /** Looks into sessions for some milliseconds, first into these; true when the filter is answered for all there are. */
  look(filter: Filter, first?: readonly SessionId[]): Promise<boolean>;
  /** What a table needs of the sessions for which the filter is answered, some milliseconds' worth of them. */
  measure(query: MeasureQuery): Promise<MeasurePage>;
  /** The same of these sessions alone. */
  measureThese(ids: readonly SessionId[], table: Aggregation): Promise<MeasuredSession[]>;
  /** The tree as far as it is known within some 20 ms; asking again goes on from there. */
  tree(open: readonly BranchRef[]): Promise<TreePage>;
  /** The same of requests over time. */
  timeline(query: TimelineQuery): Promise<TimelinePage>;
  /** Position in the filtered, ordered list as far as it is known; -1 when it does not match. */
  position(query: Omit<StoreQuery, 'offset' | 'limit'>, id: SessionId): Promise<number>;
  get(id: SessionId): Promise<Session | undefined>;
  /** Bytes [start, end) of the body as captured; shorter when the body ends before `end`. */
  readBody(id: SessionId, side: BodySide, start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  messages(id: SessionId, from: number, limit: number): Promise<Message[]>;
  /** The first of these sessions with bodies and messages: about as many as have `mostBytes` octets, and a larger one alone. */
  wholeSessions(ids: readonly SessionId[], mostBytes: number): Promise<WholeSessions>;
  annotate(ids: readonly SessionId[], change: { mark?: Mark; comment?: string }): Promise<void>;
  /** Removes these finished sessions (active ones stay), or all finished ones; answers how many. */
  remove(ids: readonly SessionId[] | 'all'): Promise<number>;
  /** Replaces the findings of one session. */
  putFindings(id: SessionId, findings: readonly Finding[]): Promise<void>;
  findings(id: SessionId): Promise<Finding[]>;
  findingGroups(): Promise<FindingGroup[]>;
  totals(): Promise<StoreTotals>;
  /** What the capture keeps from now on; it is remembered in the capture. */
  setRetention(retention: Retention): Promise<void>;
  /** Takes what is of no session any more off the disk, beside everything else. Leaving off loses nothing. */
  compact(): AsyncIterable<CompactProgress>;
  /** Looks at everything: index, segments, every session with its bodies. */
  verify(): AsyncIterable<VerifyProgress>;
  onChange(listener: (change: StoreChange) => void): Disposable;
  /** Commits, ends the worker. Idempotent. */
  close(): Promise<void>;
}

/**
 * Opens a capture.
 * @throws SluiceError `capture-missing`, `capture-exists`, `capture-damaged`, `capture-unknown-version`, `capture-in-use` (another
 * process writes it), `file-unwritable`. On any of these nothing on disk has been changed.
 */
export type OpenCapture = (path: string, mode: OpenMode) => Promise<CaptureStore>;
