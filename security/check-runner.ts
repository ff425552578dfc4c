/** The security checks as the host sees them: finished sessions in, findings out, in a worker thread. */
import type { CheckInfo, Finding } from '#model/finding.ts';
import type { Session } from '#model/session.ts';

/** Bodies are content-decoded by the caller and may be cut; `…Truncated` says so. */
export interface CheckJob {
  readonly session: Session;
  readonly requestBody: Uint8Array;
  readonly requestTruncated: boolean;
  readonly responseBody: Uint8Array;
  readonly responseTruncated: boolean;
}

export interface CheckRunner extends AsyncDisposable {
  readonly checks: readonly CheckInfo[];
  /** Jobs given and not yet answered. */
  readonly pending: number;
  /** Bodies stay the caller's. @throws SluiceError `cancelled` after close, `internal` when the worker died: the next job gets another. */
  check(job: CheckJob): Promise<Finding[]>;
  close(): Promise<void>;
}
