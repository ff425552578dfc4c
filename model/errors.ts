/**
 * Errors that Sluice itself raises, each with a stable code that programs can test and a sentence that people can act on.
 * Failures of the user's own traffic are data (see `SessionFailure` in session.ts), never exceptions.
 */

/** Stable codes; a code is never renamed once released. */
export type ErrorCode =
  | 'usage'
  | 'internal'
  | 'not-found'
  | 'port-in-use'
  | 'data-folder'
  | 'authority-unreadable'
  | 'capture-missing'
  | 'capture-damaged'
  | 'capture-unknown-version'
  | 'capture-in-use'
  | 'capture-exists'
  | 'filter-syntax'
  | 'bad-request'
  | 'bad-url'
  | 'bad-header'
  | 'bad-har'
  | 'bad-file'
  | 'unknown-format'
  | 'password'
  | 'file-unreadable'
  | 'file-unwritable'
  | 'too-large'
  | 'not-allowed'
  | 'no-browser'
  | 'cancelled'
  | 'connection-lost'
  | 'bad-rules'
  | 'bad-script'
  | 'bad-findings';

/** An error with a stable `code` and a `message` that says what is wrong and, where possible, what to do. */
export class SluiceError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SluiceError';
    this.code = code;
  }
}

/** `error` as a SluiceError; anything else becomes `internal` with its own message and the original as cause. */
export function toSluiceError(error: unknown): SluiceError {
  if (error instanceof SluiceError) return error;
  return new SluiceError('internal', error instanceof Error ? error.message : String(error), {
    cause: error,
  });
}
