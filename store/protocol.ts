/** What passes between the store's client on the main thread and its worker. Both ends are ours, so types are enough. */
import type { Retention } from '#model/contract/contract.ts';
import type { BranchRef } from '#model/contract/tree.ts';
import type { ErrorCode } from '#model/errors.ts';
import type { Filter } from '#model/filter/ast.ts';
import type { Aggregation } from '#model/filter/query.ts';
import type { Finding, FindingGroup } from '#model/finding.ts';
import type { BodySide, Mark, Message, Session, SessionId } from '#model/session.ts';
import type { Batch } from './batch.ts';
import type {
  CompactProgress,
  MeasuredSession,
  MeasurePage,
  MeasureQuery,
  OpenMode,
  StoreChange,
  StorePage,
  StoreQuery,
  StoreTotals,
  TimelinePage,
  TimelineQuery,
  TreePage,
  VerifyProgress,
  WholeSessions,
} from './capture-store.ts';

/**
 * The calls, answered in the order they are posted, after every batch posted before them; those that promise their answer begin then, and
 * others are answered before them.
 */
export interface StoreCalls {
  flush(): void;
  /** See `ListReader.step`; `ms` is about how long it may take. */
  step(query: StoreQuery, ms: number): StorePage;
  ids(query: StoreQuery): SessionId[];
  look(filter: Filter, first: readonly SessionId[]): Promise<boolean>;
  measure(query: MeasureQuery): Promise<MeasurePage>;
  measureThese(ids: readonly SessionId[], table: Aggregation): Promise<MeasuredSession[]>;
  tree(open: readonly BranchRef[], ms: number): TreePage;
  timeline(query: TimelineQuery, ms: number): TimelinePage;
  position(query: Omit<StoreQuery, 'offset' | 'limit'>, id: SessionId): number;
  get(id: SessionId): Session | undefined;
  readBody(id: SessionId, side: BodySide, start: number, end: number): Uint8Array<ArrayBuffer>;
  messages(id: SessionId, from: number, limit: number): Message[];
  /** See `readWholeSessions`. */
  wholeSessions(ids: readonly SessionId[], mostBytes: number): WholeSessions;
  annotate(ids: readonly SessionId[], change: { mark?: Mark; comment?: string }): void;
  remove(ids: readonly SessionId[] | 'all'): number;
  putFindings(id: SessionId, findings: readonly Finding[]): void;
  findings(id: SessionId): Finding[];
  findingGroups(): FindingGroup[];
  totals(): StoreTotals;
  setRetention(retention: Retention): void;
  /** Each call does some of it, and says how far it is; `begin` begins anew. */
  compact(begin: boolean): CompactProgress;
  verify(begin: boolean): VerifyProgress;
  close(): void;
}
export type CallName = keyof StoreCalls;

/** Options of a worker, as its `workerData`. */
export interface WorkerOptions {
  readonly path: string;
  readonly mode: OpenMode;
  readonly segmentBytes: number;
  /** Module that exports `decodeContent` (see subject-loader.ts), as a URL. */
  readonly decoder?: string | undefined;
  /** Bytes of room that the disk is taken to have; for tests. */
  readonly room?: number;
}

export type ToWorker =
  | { readonly type: 'batch'; readonly batch: Batch }
  | {
      readonly type: 'call';
      readonly number: number;
      readonly name: CallName;
      readonly args: readonly unknown[];
    };

export type FromWorker =
  /** `nextName`: the first number that is free for names.ts. */
  | {
      readonly type: 'ready';
      readonly lastSessionId: SessionId | 0;
      readonly nextName: number;
      readonly notices: readonly string[];
    }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly message: string }
  /** Answers the batches in the order they came, and gives their buffers back. */
  | { readonly type: 'stored'; readonly buffers: readonly ArrayBuffer[] }
  | { readonly type: 'change'; readonly change: StoreChange }
  | { readonly type: 'result'; readonly number: number; readonly value: unknown }
  | { readonly type: 'error'; readonly number: number; readonly code: ErrorCode; readonly message: string };
