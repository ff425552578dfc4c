/** A connection that did not come about, with what was learned on the way: the address reached, the certificate that was refused. */
import { errorCode } from '../failure.ts';
import type { UpstreamFacts, UpstreamTimings } from './connection.ts';

export class UpstreamError extends Error {
  /** The technical code of the cause, as `classify` understands it. */
  readonly code: string;
  readonly facts: UpstreamFacts;
  readonly timings: UpstreamTimings;

  constructor(cause: unknown, facts: UpstreamFacts, timings: UpstreamTimings) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.code = errorCode(cause);
    this.facts = facts;
    this.timings = timings;
  }
}
