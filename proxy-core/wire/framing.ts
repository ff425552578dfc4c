/** How long a message's body is: the decisions of RFC 9112 §6.3, in its order, for requests and for responses. */
import { trimSpace } from './fields.ts';
import { WireFault } from './wire-error.ts';

export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  /** Until the connection ends; responses only. */
  | { readonly kind: 'until-close' };

const NONE: Framing = { kind: 'none' };
const CHUNKED: Framing = { kind: 'chunked' };
const UNTIL_CLOSE: Framing = { kind: 'until-close' };

/** What a head says of its body. */
export interface FramingFields {
  readonly httpVersion: string;
  /** Values of Content-Length, one per field line. */
  readonly lengths: readonly string[];
  /** Values of Transfer-Encoding. */
  readonly codings: readonly string[];
  /**
   * Where RFC 9112 §6.1 leaves a choice, read the message instead of refusing it: Transfer-Encoding goes before Content-Length, and
   * counts in HTTP/1.0 too. Who does so must take Content-Length out and use the connection for nothing after.
   */
  readonly lenient: boolean;
}

const members = (values: readonly string[]) =>
  values.flatMap((value) => value.split(',').map((member) => trimSpace(member).toLowerCase()));

/** Up to 15 digits: beyond them a number could not count octets exactly. */
const DECIMAL = /^\d{1,15}$/;

/** The one decimal number that every Content-Length value says (RFC 9110 §8.6), undefined without any. */
function contentLength(values: readonly string[]): number | undefined {
  const [only] = values;
  if (only === undefined) return undefined;
  if (values.length === 1 && DECIMAL.test(only)) return Number(only);
  const [first = '', ...others] = members(values);
  // Repeated equal values are one value; anything else is a fault and never guessed at.
  if (!DECIMAL.test(first) || others.some((member) => member !== first)) {
    throw new WireFault('content-length', 0, 'Content-Length is not one decimal number.');
  }
  return Number(first);
}

function byLength(lengths: readonly string[], otherwise: Framing): Framing {
  const length = contentLength(lengths);
  if (length === undefined) return otherwise;
  return length === 0 ? NONE : { kind: 'length', length };
}

/** `chunked` once and last, all others named. */
function endsInChunked(list: readonly string[]): boolean {
  return list.at(-1) === 'chunked' && list.indexOf('chunked') === list.length - 1 && !list.includes('');
}

function checkFaultyEncoding({ httpVersion, lengths, lenient }: FramingFields): void {
  if (lenient) return;
  if (httpVersion === 'HTTP/1.0') {
    throw new WireFault('transfer-encoding', 0, 'Transfer-Encoding stands in an HTTP/1.0 message.');
  }
  if (lengths.length > 0) {
    throw new WireFault('length-and-encoding', 0, 'Both Content-Length and Transfer-Encoding are present.');
  }
}

/** @throws WireFault `content-length`, `length-and-encoding`, `transfer-encoding`. */
export function requestFraming(fields: FramingFields): Framing {
  if (fields.codings.length === 0) return byLength(fields.lengths, NONE);
  checkFaultyEncoding(fields);
  const list = members(fields.codings);
  // A coding we cannot undo under the chunks would make the recorded body something else than was meant.
  if (list.length !== 1 || !endsInChunked(list)) {
    throw new WireFault('transfer-encoding', 0, 'Transfer-Encoding is not "chunked" alone.');
  }
  return CHUNKED;
}

/**
 * `method` is that of the request answered. A response to HEAD, and 1xx, 204, 304, have no body whatever their fields say; a 2xx to CONNECT
 * begins a tunnel.
 * @throws WireFault as requestFraming.
 */
export function responseFraming(status: number, method: string, fields: FramingFields): Framing {
  const coded = fields.codings.length > 0;
  if (coded && (status < 200 || status === 204) && !fields.lenient) {
    throw new WireFault('transfer-encoding', 0, `Transfer-Encoding stands in a ${status} response.`);
  }
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return NONE;
  if (method === 'CONNECT' && status < 300) return NONE;
  if (!coded) return byLength(fields.lengths, UNTIL_CLOSE);
  checkFaultyEncoding(fields);
  return endsInChunked(members(fields.codings)) ? CHUNKED : UNTIL_CLOSE;
}
