/** What travels between a redaction and its worker. Types alone. */

import type { ErrorCode } from '#model/errors.ts';
import type { RedactionOptions, RedactionSummary } from '#model/redaction.ts';
import type { FullSession } from '#model/session.ts';

export type WorkerOptions = RedactionOptions;

export type Order =
  | { readonly number: number; readonly do: 'learn' | 'redact'; readonly sessions: readonly FullSession[] }
  | { readonly number: number; readonly do: 'texts'; readonly texts: readonly string[] }
  | { readonly number: number; readonly do: 'summary' };

export type Outcome = readonly FullSession[] | readonly string[] | RedactionSummary | undefined;

export type Answer =
  | { readonly number: number; readonly outcome: Outcome }
  | { readonly number: number; readonly error: { readonly code: ErrorCode; readonly message: string } };
