/** What passes between a search's client on the main thread and its worker. Both ends are ours, so types are enough. */
import type { ErrorCode } from '#model/errors.ts';
import type { SearchIndexStatus, SearchItem } from '#model/search.ts';
import type { CompiledQuery } from './find.ts';

/** Options of a worker, as its `workerData`. */
export interface SearchWorkerOptions {
  readonly folder: string;
  /** Whether the index is brought up to date; without it no file is changed. */
  readonly index: boolean;
  readonly maxBytes?: number;
}

export type ToSearch =
  | { readonly type: 'find'; readonly search: number; readonly query: CompiledQuery }
  /** Room for one more item. */
  | { readonly type: 'more'; readonly search: number }
  | { readonly type: 'stop'; readonly search: number }
  | { readonly type: 'ended'; readonly groups: readonly number[] }
  | { readonly type: 'removed' }
  /** From now on this many sessions (a fraction is one in several turns) may be taken into the index; what was left of before is forgotten. */
  | { readonly type: 'allow'; readonly sessions: number }
  | { readonly type: 'close' };

export type FromSearch =
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly message: string }
  | { readonly type: 'item'; readonly search: number; readonly item: SearchItem }
  | { readonly type: 'end'; readonly search: number }
  | { readonly type: 'error'; readonly search: number; readonly code: ErrorCode; readonly message: string }
  | { readonly type: 'index'; readonly status: SearchIndexStatus };
