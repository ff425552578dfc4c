/** Request lines and status lines (RFC 9112 §3, §4) as byte strings. */
import { isToken, lineEnd, tokenEnd } from './fields.ts';
import { WireFault } from './wire-error.ts';

export interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
  /** Where the first field line begins. */
  readonly next: number;
}

export interface StatusLine {
  readonly httpVersion: string;
  readonly status: number;
  readonly reason: string;
  readonly next: number;
}

const SPACE = 32;
const ZERO = 48;
const VERSION = /^HTTP\/1\.[01]$/;
const USUAL_END = ' HTTP/1.1\r\n';
/**
 * Octets that no target may hold are controls, space and DEL. Others pass: a debugging proxy shows odd targets, it does not judge them.
 */
const TARGET = new Uint8Array(256).fill(1, SPACE + 1);
TARGET[127] = 0;

function targetEnd(text: string, start: number): number {
  let at = start;
  while (TARGET[text.charCodeAt(at)] === 1) at++;
  return at;
}

function checkVersion(version: string, at: number): void {
  if (!VERSION.test(version)) {
    throw new WireFault('version', at, `The version is not HTTP/1.0 or HTTP/1.1.`);
  }
}

/** @throws WireFault `start-line`, `method`, `target`, `target-too-long`, `version`. */
export function parseRequestLine(text: string, maxTarget: number): RequestLine {
  const methodEnd = tokenEnd(text, 0);
  const begin = methodEnd + 1;
  if (methodEnd > 0 && text.charCodeAt(methodEnd) === SPACE) {
    const end = targetEnd(text, begin);
    if (end > begin && end - begin <= maxTarget && text.startsWith(USUAL_END, end)) {
      return {
        method: text.slice(0, methodEnd),
        target: text.slice(begin, end),
        httpVersion: 'HTTP/1.1',
        next: end + USUAL_END.length,
      };
    }
  }
  return parseOddRequestLine(text, maxTarget);
}

/** One that is of HTTP/1.0, or wrong. */
function parseOddRequestLine(text: string, maxTarget: number): RequestLine {
  const end = lineEnd(text, 0);
  const first = text.indexOf(' ');
  const last = text.lastIndexOf(' ', end);
  if (first < 0 || first >= end || last <= first) {
    throw new WireFault('start-line', 0, 'The first line is not "method target version".');
  }
  if (!isToken(text, 0, first)) throw new WireFault('method', 0, 'The method is not a token.');
  const target = text.slice(first + 1, last);
  if (target.length > maxTarget) {
    throw new WireFault(
      'target-too-long',
      first + 1,
      `The request target is longer than ${maxTarget} bytes.`,
    );
  }
  if (target === '' || targetEnd(text, first + 1) < last) {
    throw new WireFault(
      'target',
      first + 1,
      'The request target is empty or holds white space or control characters.',
    );
  }
  const httpVersion = text.slice(last + 1, end);
  checkVersion(httpVersion, last + 1);
  return { method: text.slice(0, first), target, httpVersion, next: end + 2 };
}

/** The three digits at `at`, the first not 0; 0 when they are none. */
function statusAt(text: string, at: number): number {
  const hundreds = text.charCodeAt(at) - ZERO;
  const tens = text.charCodeAt(at + 1) - ZERO;
  const ones = text.charCodeAt(at + 2) - ZERO;
  const sound = hundreds >= 1 && hundreds <= 9 && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
  return sound ? hundreds * 100 + tens * 10 + ones : 0;
}

/** The reason phrase, and the space before it, may be missing, as many servers send it. @throws WireFault `start-line`, `version`. */
export function parseStatusLine(text: string): StatusLine {
  const end = lineEnd(text, 0);
  const status = statusAt(text, 9);
  if (
    status === 0 ||
    text.charCodeAt(8) !== SPACE ||
    end < 12 ||
    (end > 12 && text.charCodeAt(12) !== SPACE)
  ) {
    throw new WireFault('start-line', 0, 'The first line is not "version status reason".');
  }
  const httpVersion = text.startsWith('HTTP/1.1') ? 'HTTP/1.1' : text.slice(0, 8);
  checkVersion(httpVersion, 0);
  const reason = text.slice(13, end);
  if (reason.includes('\0')) throw new WireFault('start-line', 13, 'The reason phrase holds a NUL.');
  return { httpVersion, status, reason, next: end + 2 };
}
