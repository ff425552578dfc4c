/** Request lines and status lines (RFC 9112 §3, §4) as byte strings. */
import { isToken, lineEnd } from './fields.ts';
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

const VERSION = /^HTTP\/1\.[01]$/;
/** Octets that no target may hold: controls, space and DEL. Others pass: a debugging proxy shows odd targets, it does not judge them. */
const BAD_TARGET = /[\0- \x7f]/;

function checkVersion(version: string, at: number): void {
  if (!VERSION.test(version)) {
    throw new WireFault('version', at, `The version is not HTTP/1.0 or HTTP/1.1.`);
  }
}

/** @throws WireFault `start-line`, `method`, `target`, `target-too-long`, `version`. */
export function parseRequestLine(text: string, maxTarget: number): RequestLine {
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
  if (target === '' || BAD_TARGET.test(target)) {
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

/** The reason phrase, and the space before it, may be missing, as many servers send it. @throws WireFault `start-line`, `version`. */
export function parseStatusLine(text: string): StatusLine {
  const end = lineEnd(text, 0);
  const httpVersion = text.slice(0, 8);
  const status = text.slice(9, 12);
  if (
    text.charCodeAt(8) !== 32 ||
    end < 12 ||
    !/^[1-9]\d\d$/.test(status) ||
    (end > 12 && text.charCodeAt(12) !== 32)
  ) {
    throw new WireFault('start-line', 0, 'The first line is not "version status reason".');
  }
  checkVersion(httpVersion, 0);
  const reason = text.slice(13, end);
  if (reason.includes('\0')) throw new WireFault('start-line', 13, 'The reason phrase holds a NUL.');
  return { httpVersion, status: Number(status), reason, next: end + 2 };
}
