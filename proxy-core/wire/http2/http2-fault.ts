/** What is wrong on an HTTP/2 connection, in the error codes of RFC 9113 §7. */

export const ErrorCode = {
  NO_ERROR: 0x0,
  PROTOCOL_ERROR: 0x1,
  INTERNAL_ERROR: 0x2,
  FLOW_CONTROL_ERROR: 0x3,
  SETTINGS_TIMEOUT: 0x4,
  STREAM_CLOSED: 0x5,
  FRAME_SIZE_ERROR: 0x6,
  REFUSED_STREAM: 0x7,
  CANCEL: 0x8,
  COMPRESSION_ERROR: 0x9,
  CONNECT_ERROR: 0xa,
  ENHANCE_YOUR_CALM: 0xb,
  INADEQUATE_SECURITY: 0xc,
  HTTP_1_1_REQUIRED: 0xd,
} as const;

export type ErrorName = keyof typeof ErrorCode;

const NAMES = new Map<number, string>(Object.entries(ErrorCode).map(([name, code]) => [code, name]));

/** The name of an error code; of one that is not registered, its number. */
export function errorName(code: number): string {
  return NAMES.get(code) ?? `error 0x${code.toString(16)}`;
}

/** Ends the connection (RFC 9113 §5.4.1). Thrown and caught inside this folder only. */
export class Http2Fault extends Error {
  readonly code: number;

  constructor(name: ErrorName, message: string) {
    super(message);
    this.code = ErrorCode[name];
  }
}
