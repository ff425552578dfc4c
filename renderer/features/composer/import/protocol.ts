/** What the window asks the worker that reads requests, and what it answers. */
import type { ReadRequests } from '#formats/requests/read-requests.ts';
import type { ErrorCode } from '#model/errors.ts';

export interface ReadQuestion {
  readonly text: string;
  /** Of the file; "" for what was pasted. */
  readonly name: string;
}

export type ReadAnswer =
  | { readonly ok: true; readonly read: ReadRequests }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };
