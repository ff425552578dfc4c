/** What travels between a redaction and its worker. Types alone. */

import type { ErrorCode } from '#model/errors.ts';
import type { RedactionOptions, RedactionSummary } from '#model/redaction.ts';
import type { FullSession } from '#model/session.ts';

export type WorkerOptions = RedactionOptions;

export type Order =
  | { readonly number: number; readonly do: 'learn' | 'redact'; readonly full: FullSession }
  | { readonly number: number; readonly do: 'summary' };

export type Outcome = FullSession | RedactionSummary | undefined;

export type Answer =
  | { readonly number: number; readonly outcome: Outcome }
  | { readonly number: number; readonly error: { readonly code: ErrorCode; readonly message: string } };

/** A session whose octets have buffers of their own, and those buffers: to be handed over, not copied along with what lies around them. */
export function parcel(full: FullSession): { full: FullSession; buffers: ArrayBuffer[] } {
  const own = (bytes: Uint8Array) => new Uint8Array(bytes);
  const requestBody = own(full.requestBody);
  const responseBody = own(full.responseBody);
  const messages = full.messages.map((message) => ({ ...message, data: own(message.data) }));
  const buffers = [requestBody, responseBody, ...messages.map(({ data }) => data)].map(
    ({ buffer }) => buffer,
  );
  return { full: { session: full.session, requestBody, responseBody, messages }, buffers };
}
