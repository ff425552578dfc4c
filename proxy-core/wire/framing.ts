/** How long a message's body is: the decisions of RFC 9112 §6.3, in its order, for requests and for responses. */
import { type Headers, headerValues } from '#model/headers.ts';
import { WireFault } from './wire-error.ts';

export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  /** Until the connection ends; responses only. */
  | { readonly kind: 'until-close' };

const NONE: Framing = { kind: 'none' };

/** The one decimal number that every Content-Length value says (RFC 9110 §8.6), undefined without any. */
function contentLength(values: readonly string[]): number | undefined {
  if (values.length === 0) return undefined;
  const members = values.flatMap((value) => value.split(',').map((member) => member.trim()));
  const [first = ''] = members;
  // Repeated equal values are one value; anything else is a fault and never guessed at.
  if (!/^\d{1,15}$/.test(first) || members.some((member) => member !== first)) {
    throw new WireFault('content-length', 0, 'Content-Length is not one decimal number.');
  }
  return Number(first);
}

const codings = (values: readonly string[]) =>
  values.flatMap((value) => value.split(',').map((coding) => coding.trim().toLowerCase()));

/** `chunked` once and last, all others named. */
function endsInChunked(list: readonly string[]): boolean {
  return list.at(-1) === 'chunked' && list.indexOf('chunked') === list.length - 1 && !list.includes('');
}

function checkFaultyEncoding(
  httpVersion: string,
  encodings: readonly string[],
  lengths: readonly string[],
): void {
  if (encodings.length === 0) return;
  if (httpVersion === 'HTTP/1.0') {
    throw new WireFault('transfer-encoding', 0, 'Transfer-Encoding stands in an HTTP/1.0 message.');
  }
  if (lengths.length > 0) {
    throw new WireFault('length-and-encoding', 0, 'Both Content-Length and Transfer-Encoding are present.');
  }
}

/** @throws WireFault `content-length`, `length-and-encoding`, `transfer-encoding`. */
export function requestFraming(httpVersion: string, headers: Headers): Framing {
  const encodings = headerValues(headers, 'transfer-encoding');
  const lengths = headerValues(headers, 'content-length');
  checkFaultyEncoding(httpVersion, encodings, lengths);
  if (encodings.length > 0) {
    const list = codings(encodings);
    // A coding we cannot undo under the chunks would make the recorded body something else than was meant.
    if (list.length !== 1 || !endsInChunked(list)) {
      throw new WireFault('transfer-encoding', 0, 'Transfer-Encoding is not "chunked" alone.');
    }
    return { kind: 'chunked' };
  }
  const length = contentLength(lengths);
  return length === undefined || length === 0 ? NONE : { kind: 'length', length };
}

/**
 * `method` is that of the request answered. A response to HEAD, and 1xx, 204, 304, have no body whatever their fields say; a 2xx to CONNECT
 * begins a tunnel.
 * @throws WireFault as requestFraming.
 */
export function responseFraming(
  status: number,
  method: string,
  httpVersion: string,
  headers: Headers,
): Framing {
  const encodings = headerValues(headers, 'transfer-encoding');
  const lengths = headerValues(headers, 'content-length');
  if (encodings.length > 0 && (status < 200 || status === 204)) {
    throw new WireFault('transfer-encoding', 0, `Transfer-Encoding stands in a ${status} response.`);
  }
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return NONE;
  if (method === 'CONNECT' && status < 300) return NONE;
  checkFaultyEncoding(httpVersion, encodings, lengths);
  if (encodings.length > 0)
    return endsInChunked(codings(encodings)) ? { kind: 'chunked' } : { kind: 'until-close' };
  const length = contentLength(lengths);
  if (length === undefined) return { kind: 'until-close' };
  return length === 0 ? NONE : { kind: 'length', length };
}
