/**
 * What a check is: a function from a finished session to findings. It never sends anything, reads no clock and no file. Most are pure;
 * a series check remembers what it has seen, in bounded memory, because what it looks for shows only across sessions.
 * One check, one file in checks/, one twin test, one line in checks/index.ts.
 */

import type { AccountFilters } from '#model/account-filters.ts';
import type { CheckInfo, Confidence, Evidence } from '#model/finding.ts';
import type { BodySide, Session, Severity } from '#model/session.ts';
import type { AccountRules } from './reading/account-rules.ts';
import type { OpenApiPaths } from './reading/openapi-paths.ts';
import type { Threshold } from './threshold.ts';

/** A finding before the runner adds check, session and endpoint, and joins those of one parameter. `detail` holds no secret value. */
export interface FindingDraft {
  readonly parameter: string;
  readonly detail: string;
  readonly evidence: readonly Evidence[];
  /** Where it differs from the check's own. */
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** The highest threshold at which it is still told; without one, at all of them. */
  readonly threshold?: Threshold;
}

/** A message side ready to be checked: content-decoded bytes and, where the type is textual, its text. Decoded once, shared by all checks. */
export interface CheckBody {
  readonly bytes: Uint8Array;
  /**
   * Body as text, one UTF-16 unit per byte (latin1), so that offsets are byte ranges; undefined for binary types, and for event streams,
   * whose events are among the messages.
   */
  readonly text: string | undefined;
  /** Essence of the Content-Type. */
  readonly mime: string | undefined;
  /** The body was longer than the cap and only its beginning is here. */
  readonly truncated: boolean;
}

/** A WebSocket message or server-sent event, as text; binary ones are left out. */
export interface CheckMessage {
  /** Whose it is: the client's (request) or the server's (response). */
  readonly side: BodySide;
  /** One UTF-16 unit per byte. */
  readonly text: string;
  /** What is to be added to offsets in `text` to make them evidence. */
  readonly offset: number;
  /** Undefined for an event that was not recorded as a message: evidence then lies in the response's body. */
  readonly index: number | undefined;
}

export interface CheckInput {
  readonly session: Session;
  /** Heads as byte strings (latin1), as evidence ranges count them: see model/head-text.ts. */
  readonly requestHead: string;
  readonly responseHead: string;
  readonly request: CheckBody;
  readonly response: CheckBody;
  readonly messages: readonly CheckMessage[];
  /** There were more, or longer ones, and only the beginning is here. */
  readonly messagesTruncated: boolean;
  /** What people said of logins and logouts. */
  readonly accounts?: AccountRules;
}

export type Run = (input: CheckInput) => Iterable<FindingDraft>;

interface AnyCheck {
  readonly info: CheckInfo;
  readonly confidence: Confidence;
  /** `host`: a fault of the whole host, such as a missing header, is one finding however many endpoints show it. Default: `endpoint`. */
  readonly scope?: 'endpoint' | 'host';
}

/** What every check owes besides (help, examples, evidence, no secrets, linear time) is tested by testing/test-check.ts. */
export interface Check extends AnyCheck {
  readonly run: Run;
}

/** What people tell the checks about what is theirs. */
export interface CheckContext {
  /** Paths of the OpenAPI document, with what they begin with; undefined where none was given. */
  readonly openapi?: OpenApiPaths;
  /** Hosts, and all below them, that data may go to. */
  readonly firstParty?: readonly string[];
  /** Which requests log in and out; where nothing is said, the checks guess. */
  readonly accounts?: AccountFilters;
}

/** A check across sessions: each run of the checks begins one of its own, which is given the sessions in the order in which they ended. */
export interface SeriesCheck extends AnyCheck {
  begin(context: CheckContext): Run;
}

/** Ready to run: what remembers begins anew. */
export const begun = (checks: readonly (Check | SeriesCheck)[], context: CheckContext = {}): Check[] =>
  checks.map((check) => ('begin' in check ? { ...check, run: check.begin(context) } : check));
