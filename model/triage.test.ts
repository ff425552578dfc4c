import { describe, expect, it } from 'vitest';
import { isOpen, reopenedText, samePatterns, TriageEntry, type TriageSubject, triager } from './triage.ts';

const COOKIE: TriageSubject = {
  checkId: 'cookie-no-httponly',
  endpoint: 'GET https://shop.test/cart/{id}',
  parameter: 'theme',
  severity: 'low',
  lastSeen: 1000,
};
const judged = (entries: readonly TriageEntry[], subject = COOKIE) => triager(entries)(subject);

describe('an entry', () => {
  it('is for findings that all of its patterns fit', () => {
    const entry: TriageEntry = { check: 'cookie-*', endpoint: '* https://shop.test/*', status: 'accepted' };
    expect(judged([entry])).toEqual({ state: 'accepted', severity: 'low', entry });
    expect(judged([entry], { ...COOKIE, checkId: 'csp-weak' }).state).toBe('open');
    expect(judged([entry], { ...COOKIE, endpoint: 'GET https://other.test/cart' }).state).toBe('open');
    expect(judged([{ ...entry, parameter: 'them' }]).state).toBe('open');
    expect(judged([{ ...entry, parameter: '*eme' }]).state).toBe('accepted');
  });

  it('fits the endpoint of a whole host as it is written, and nothing longer', () => {
    const host = { ...COOKIE, endpoint: '* https://shop.test' };
    const entry: TriageEntry = { endpoint: '* https://shop.test', status: 'accepted' };
    expect(judged([entry], host).state).toBe('accepted');
    expect(judged([entry]).state).toBe('open');
  });

  it('knows positions in lists and ports of this machine to be chance', () => {
    const entry: TriageEntry = {
      endpoint: 'GET http://127.0.0.1:4000/me',
      parameter: 'keys[3]',
      status: 'accepted',
    };
    const again = { ...COOKIE, endpoint: 'GET http://localhost:51234/me', parameter: 'keys[0]' };
    expect(judged([entry], again).state).toBe('accepted');
  });

  it.each([
    [{ status: 'accepted' }, 'names a check'],
    [{ check: 'x' }, 'a status or a severity'],
    [{ check: 'x', status: 'false-positive' }, 'needs a reason'],
    [{ check: 'x', status: 'false-positive', reason: ' ' }, 'needs a reason'],
    [{ check: 'x', status: 'wontfix' }, 'Invalid option'],
    [{ check: 'x', status: 'accepted', chekc: 'y' }, 'chekc'],
  ])('%j is refused', (entry, message) => {
    expect(TriageEntry.safeParse(entry).error?.message).toContain(message);
  });
});

describe('several entries', () => {
  it('the last that fits decides, severity and status each for itself', () => {
    const entries: TriageEntry[] = [
      { check: '*', severity: 'info' },
      { check: 'cookie-*', status: 'accepted', reason: 'no session in it' },
      { parameter: 'theme', severity: 'high' },
    ];
    expect(judged(entries)).toEqual({
      state: 'accepted',
      severity: 'high',
      reason: 'no session in it',
      entry: entries[2],
    });
    expect(judged(entries, { ...COOKIE, checkId: 'csp', parameter: 'x' })).toEqual({
      state: 'open',
      severity: 'info',
      entry: entries[0],
    });
  });

  it('are the same where their patterns are', () => {
    const one: TriageEntry = { check: 'a', status: 'fixed' };
    expect(samePatterns(one, { check: 'a', severity: 'low' })).toBe(true);
    expect(samePatterns(one, { check: 'a', parameter: 'b', status: 'fixed' })).toBe(false);
  });
});

describe('what was fixed', () => {
  it('stays so while it is not seen again', () => {
    const triage = judged([{ check: 'cookie-*', status: 'fixed', since: 1000 }]);
    expect([triage.state, isOpen(triage.state), reopenedText(triage)]).toEqual(['fixed', false, undefined]);
  });

  it.each([
    ['later', { since: 999 }, 'It was marked as fixed on 1970-01-01 and is seen again.'],
    ['at any time, where nobody said when', {}, 'It was marked as fixed and is seen again.'],
  ])('is open again when it is seen %s', (_, since, text) => {
    const triage = judged([{ check: 'cookie-*', status: 'fixed', ...since }]);
    expect([triage.state, isOpen(triage.state), reopenedText(triage)]).toEqual(['reopened', true, text]);
  });
});
