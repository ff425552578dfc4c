/** Runs one check on a session made by the factory, for the twin tests of checks. */
import type { FullSession } from '#model/session.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import type { Check, FindingDraft } from '../check.ts';
import { checkInput } from '../run-checks.ts';

export const inputOf = ({ session, requestBody, responseBody }: FullSession) =>
  checkInput({ session, requestBody, responseBody, requestTruncated: false, responseTruncated: false });

export interface Found extends FindingDraft {
  /** The text that the evidence points at. */
  readonly shown: string;
}

/** What `check` finds in such a session, with the text its evidence points at. */
export function found(check: Check, overrides: SessionOverrides): Found[] {
  const input = inputOf(makeSession(overrides));
  const parts = {
    'request-head': input.requestHead,
    'response-head': input.responseHead,
    'request-body': Buffer.from(input.request.bytes).toString('latin1'),
    'response-body': Buffer.from(input.response.bytes).toString('latin1'),
  };
  return Array.from(check.run(input), (draft) => {
    const [{ part, start, end } = { part: 'request-head' as const, start: 0, end: 0 }] = draft.evidence;
    return { ...draft, shown: parts[part].slice(start, end) };
  });
}

export const JSON_TYPE: [string, string] = ['Content-Type', 'application/json'];
