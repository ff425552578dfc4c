/** What is wrong with bytes that should have been HTTP/1.1. Data, not an exception: the codec hands it out and stops reading. */

/** Stable codes, each with the part of the specification that it comes from. */
export type WireErrorCode =
  /** Start line is neither a request line nor a status line: RFC 9112 §3, §4. */
  | 'start-line'
  /** Method is not a token: RFC 9110 §9.1. */
  | 'method'
  /** Target is empty, holds white space or control characters: RFC 9112 §3.2. */
  | 'target'
  /** Version is not HTTP/1.0 or HTTP/1.1: RFC 9112 §2.3. */
  | 'version'
  /** A line that does not end in CRLF, or a CR alone: RFC 9112 §2.2. */
  | 'line-end'
  /** A line with no colon, an empty name or a name that is not a token: RFC 9112 §5. */
  | 'field-name'
  /** White space between a request's field name and its colon: RFC 9112 §5.1. */
  | 'space-before-colon'
  /** A line folded into the next: RFC 9112 §5.2. */
  | 'line-folding'
  /** NUL, CR or LF in a field value: RFC 9110 §5.5. */
  | 'field-value'
  /** A Content-Length that is not one decimal number: RFC 9112 §6.3. */
  | 'content-length'
  /** Content-Length beside Transfer-Encoding: RFC 9112 §6.1. */
  | 'length-and-encoding'
  /** A Transfer-Encoding that cannot frame this message: RFC 9112 §6.1, §6.3. */
  | 'transfer-encoding'
  /** A chunk size that is not hexadecimal, or missing CRLF after chunk data: RFC 9112 §7.1. */
  | 'chunk'
  | 'head-too-large'
  | 'too-many-fields'
  | 'target-too-long'
  | 'chunk-extensions-too-large'
  | 'trailers-too-large'
  /** The stream ended inside a message: RFC 9112 §8. */
  | 'incomplete';

export interface WireError {
  readonly code: WireErrorCode;
  /** Octets from the start of the stream to what is wrong. */
  readonly offset: number;
  /** One sentence for people. */
  readonly message: string;
}

/** Thrown and caught inside this folder only, to leave nested parsing at once. */
export class WireFault extends Error {
  readonly code: WireErrorCode;
  /** Relative to the text being parsed; the reader adds where that text began. */
  readonly at: number;

  constructor(code: WireErrorCode, at: number, message: string) {
    super(message);
    this.code = code;
    this.at = at;
  }
}
