/** The capture inside the worker: answers calls and takes batches, one at a time, in the order they come. */
import type { SessionId } from '#model/session.ts';
import type { Batch } from './batch.ts';
import type { StoreCalls, WorkerOptions } from './protocol.ts';
import { openForReading } from './reading-store.ts';
import { openForWriting } from './writing-store.ts';

/** What a batch or a call changed, for `onChange`: `ended` are not among `changed`, and end once. */
export interface Change {
  readonly changed?: readonly SessionId[];
  readonly ended?: readonly SessionId[];
  readonly removed?: boolean;
  readonly findings?: boolean;
  /** Only the totals are others. */
  readonly totals?: boolean;
}

export interface WorkerStore {
  readonly lastSessionId: SessionId | 0;
  /** The first number that is free for names.ts. */
  readonly nextName: number;
  /** What people should know of the capture, a sentence each. */
  readonly notices: readonly string[];
  readonly calls: StoreCalls;
  write(batch: Batch): void;
  /** In how many ms there is something to do between calls; undefined: nothing is. */
  nextWork(): number | undefined;
  /** Does some of it. */
  work(): void;
}

/** Opens the capture; see `OpenCapture` for what it throws. `changed` is told of every change once it is committed. */
export function openStore(options: WorkerOptions, changed: (change: Change) => void): WorkerStore {
  return options.mode === 'read' ? openForReading(options) : openForWriting(options, changed);
}
