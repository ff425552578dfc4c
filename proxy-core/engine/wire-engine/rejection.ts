/** What a client is answered whose request cannot be read: the status by kind of fault, and the failure that the session keeps. */
import type { WireError, WireErrorCode } from '../../wire/wire-error.ts';
import { failure } from '../failure.ts';
import type { Rejection } from './streams.ts';

/** All others are 400 (RFC 9110 §15.5.1). */
const STATUS: Partial<Record<WireErrorCode, number>> = {
  'head-too-large': 431,
  'too-many-fields': 431,
  'trailers-too-large': 431,
  'target-too-long': 414,
  version: 505,
};

/** For a message that the codec refused. */
export function rejectionOf(error: WireError): Rejection {
  const reason = `${error.code} at byte ${error.offset}: ${error.message}`;
  return { status: STATUS[error.code] ?? 400, failure: failure('bad-request', '', reason), fault: reason };
}

/** RFC 9110 §15.5.9: the head did not come in time. */
export const SLOW_HEAD: Rejection = {
  status: 408,
  failure: failure('timeout', 'The client', 'the request head did not come in time'),
};

/** The body stood still for longer than the limit. */
export const STALLED: Rejection = {
  status: 408,
  failure: failure('timeout', 'The client', 'the request body stood still'),
};
