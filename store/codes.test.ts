import { describe, expect, it } from 'vitest';
import { FailureCode, SessionKind, SessionSource, SessionState } from '#model/session.ts';
import { ACTIVE, codeOf, FAILURES, KINDS, SOURCES, STATES, wordOf } from './codes.ts';

describe('codes', () => {
  it.each([
    ['kinds', KINDS, SessionKind.options],
    ['sources', SOURCES, SessionSource.options],
    ['states', STATES, SessionState.options],
    ['failures', FAILURES, ['', ...FailureCode.options]],
  ] as const)('name each of the %s once', (_, words: readonly string[], options: readonly string[]) => {
    expect([...words].sort()).toEqual([...options].sort());
    expect(new Set(words).size).toBe(words.length);
    for (const word of words) expect(wordOf(words, codeOf(words, word))).toBe(word);
  });

  it('stay what they are, because captures hold them', () => {
    expect(KINDS.join(' ')).toBe('http websocket tunnel');
    expect(SOURCES.join(' ')).toBe('proxy composer replay import');
    expect(STATES.join(' ')).toBe('active completed client-aborted server-aborted failed');
    expect(FAILURES.join(' ')).toBe(
      ' dns refused unreachable timeout reset tls-untrusted tls-expired tls-name tls-other client-tls client-gone origin-gone bad-request bad-response own-address other client-certificate upstream-proxy rule',
    );
    // The index of active sessions in the schema names it.
    expect(ACTIVE).toBe(0);
  });

  it('are refused when nothing has them', () => {
    expect(() => wordOf(KINDS, 3)).toThrow(RangeError);
    expect(() => wordOf(KINDS, -1)).toThrow(RangeError);
    expect(() => codeOf<string>(KINDS, 'gopher')).toThrow('gopher');
  });
});
