/**
 * The numbers that stand for the model's words in captures. A word's number is its place in the list: words are added at the end and
 * never moved or taken out, whatever the model does with its order.
 */
import type { FailureCode, SessionKind, SessionSource, SessionState } from '#model/session.ts';

export const KINDS: readonly SessionKind[] = ['http', 'websocket', 'tunnel'];
export const SOURCES: readonly SessionSource[] = ['proxy', 'composer', 'replay', 'import'];
export const STATES: readonly SessionState[] = [
  'active',
  'completed',
  'client-aborted',
  'server-aborted',
  'failed',
];
/** 0 stands for no failure. */
export const FAILURES: readonly (FailureCode | '')[] = [
  '',
  'dns',
  'refused',
  'unreachable',
  'timeout',
  'reset',
  'tls-untrusted',
  'tls-expired',
  'tls-name',
  'tls-other',
  'client-tls',
  'client-gone',
  'origin-gone',
  'bad-request',
  'bad-response',
  'own-address',
  'other',
  'client-certificate',
  'upstream-proxy',
  'rule',
];

/** The number of a word. @throws RangeError for a word that is not in the list */
export function codeOf<T extends string>(words: readonly T[], word: T): number {
  const code = words.indexOf(word);
  if (code < 0) throw new RangeError(`${word} has no number`);
  return code;
}

/** The word of a number. @throws RangeError when there is none, as in a damaged capture */
export function wordOf<T extends string>(words: readonly T[], code: number): T {
  const word = words[code];
  if (word === undefined) throw new RangeError(`nothing is numbered ${code}`);
  return word;
}

export const ACTIVE = codeOf(STATES, 'active');
