/** The security checks as the host sees them: finished sessions in, findings out, in a worker thread. */
import type { CheckInfo, EvidencePart, Finding } from '#model/finding.ts';
import type { Message, Session } from '#model/session.ts';

/** What is looked at of each body. Secrets and personal data stand in text, and text beyond this is an export, not an answer. */
export const MAX_CHECKED_BYTES = 4 * 1024 * 1024;
/** What is looked at of a session's messages: the first ones, where people log in, and no more of them than this in all. */
export const MAX_CHECKED_MESSAGES = 2000;
export const MAX_CHECKED_MESSAGE_BYTES = 1024 * 1024;

/** Bodies are content-decoded by the caller. Both bodies and messages may be cut; `…Truncated` says so. */
export interface CheckJob {
  readonly session: Session;
  readonly requestBody: Uint8Array;
  readonly requestTruncated: boolean;
  readonly responseBody: Uint8Array;
  readonly responseTruncated: boolean;
  /** From the first on. */
  readonly messages: readonly Message[];
  readonly messagesTruncated: boolean;
}

/** A check that failed on a session or was stopped there; the others went on. */
export interface CheckFailure {
  readonly checkId: string;
  readonly message: string;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly failures: readonly CheckFailure[];
  /** Parts of which only the beginning was looked at, because the rest is too long. */
  readonly cut: readonly EvidencePart[];
}

export interface CheckRunner extends AsyncDisposable {
  readonly checks: readonly CheckInfo[];
  /** Jobs given and not yet answered. */
  readonly pending: number;
  /** Bodies and messages stay the caller's. @throws SluiceError `cancelled` after close, `internal` when the worker cannot run. */
  check(job: CheckJob): Promise<CheckResult>;
  close(): Promise<void>;
}
