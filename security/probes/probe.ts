/**
 * What a probe is: the pure part of an active test. It says what to send for a recorded session and what the answer means; sending, within
 * the scope and at the rate that the user declared, is the host's.
 */
import type { CheckInfo } from '#model/finding.ts';
import type { HeaderPair } from '#model/headers.ts';
import type { Session } from '#model/session.ts';
import type { FindingDraft } from '../check.ts';

/** A session with its response's body, content-decoded, of which the beginning is enough. */
export interface Answered {
  readonly session: Session;
  readonly responseBody: Uint8Array;
}

/** The recorded request with what the probe changes in it. Its body goes out as recorded. */
export interface ProbeRequest {
  readonly url: string;
  readonly headers: readonly HeaderPair[];
  /** What is left out or changed, by name: "Authorization". */
  readonly changed: readonly string[];
}

/** Why a session is not worth a request; shown as it is. */
export interface Skipped {
  readonly reason: string;
}

export type Verdict =
  /** The fault is there. */
  | { readonly kind: 'open'; readonly reason: string; readonly draft: FindingDraft }
  /** It is not, or nothing can be said. */
  | { readonly kind: 'refused' | 'other-answer' | 'public' | 'unclear'; readonly reason: string };

export interface Probe {
  readonly info: CheckInfo;
  plan(session: Session): ProbeRequest | Skipped;
  /** What the answer to a planned request says of the recorded one. */
  judge(recorded: Answered, answer: Answered, request: ProbeRequest): Verdict;
}
