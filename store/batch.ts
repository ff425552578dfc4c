/**
 * What the queue hands to the worker: events as operations in one buffer, the bytes of bodies and messages in another that goes into a
 * segment as it is. Both are transferred, not copied, and come back to be filled again.
 *
 * An operation is its type, the session's id, what the session's row needs, and where there is more, an entry of its log.
 */

export interface Batch {
  readonly operations: Uint8Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Types of operations; the first two define names (names.ts) and are of no session. */
export const OPERATION = {
  text: 1,
  origin: 2,
  begin: 3,
  response: 4,
  logged: 5,
  requestData: 6,
  responseData: 7,
  message: 8,
  end: 9,
  process: 10,
} as const;

/** What may stand in a beginning's row. */
export const BEGIN = { hasParent: 1, hasUrl: 2, secure: 4 } as const;
