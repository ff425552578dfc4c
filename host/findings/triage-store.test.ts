import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TriageSubject } from '#model/triage.ts';
import { temporaryFolder } from '../testing/captures.ts';
import { openTriage } from './triage-store.ts';

const SUBJECT: TriageSubject = {
  checkId: 'csp-weak',
  endpoint: 'GET https://a.test/',
  parameter: 'script-src',
  severity: 'medium',
  lastSeen: 1000,
};
const PATTERNS = { check: 'csp-weak', endpoint: 'GET https://a.test/', parameter: 'script-src' };

async function opened(text?: string, now = 2000) {
  const folder = temporaryFolder();
  const file = join(folder.path, 'sluice.findings.toml');
  if (text !== undefined) writeFileSync(file, text);
  const store = await openTriage(file, () => now);
  const close = async () => {
    await store[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  };
  return { store, file, [Symbol.asyncDispose]: close };
}

describe('what is said of findings', () => {
  it('is in force at once, in the file, and in place of what was said before', async () => {
    await using at = await opened();
    expect(existsSync(at.file)).toBe(false);
    await at.store.say({ ...PATTERNS, status: 'accepted', reason: ' known ' });
    expect(at.store.judge(SUBJECT)).toMatchObject({ state: 'accepted', reason: 'known' });
    await at.store.say({ ...PATTERNS, severity: 'low' });
    expect(at.store.judge(SUBJECT)).toMatchObject({ state: 'open', severity: 'low' });
    expect(readFileSync(at.file, 'utf8').match(/\[\[finding\]\]/g)).toHaveLength(1);
    await at.store.say(PATTERNS);
    expect(at.store.judge(SUBJECT)).toEqual({ state: 'open', severity: 'medium' });
    expect(readFileSync(at.file, 'utf8')).not.toContain('[[finding]]');
  });

  it('as fixed is so from now on: what is seen later is open again', async () => {
    await using at = await opened();
    await at.store.say({ ...PATTERNS, status: 'fixed' });
    expect(at.store.judge({ ...SUBJECT, lastSeen: 2000 }).state).toBe('fixed');
    expect(at.store.judge({ ...SUBJECT, lastSeen: 2001 })).toMatchObject({ state: 'reopened', since: 2000 });
  });

  it('is refused where it says nothing of use, or the file has faults, which stays as it is', async () => {
    await using at = await opened('[[finding]]\ncheck = "a"\nstatus = "no"\n');
    expect(at.store.problems).toMatchObject([{ line: 3 }]);
    await expect(at.store.say({ ...PATTERNS, status: 'accepted' })).rejects.toMatchObject({
      code: 'bad-findings',
      message: expect.stringContaining('toml:3: status'),
    });
    expect(readFileSync(at.file, 'utf8')).toContain('"no"');
    await using empty = await opened();
    await expect(empty.store.say({ ...PATTERNS, status: 'false-positive' })).rejects.toMatchObject({
      message: 'A false positive needs a reason.',
    });
  });

  it('loses nothing when several say something at once', async () => {
    await using at = await opened();
    await Promise.all(
      Array.from({ length: 8 }, (_, i) => at.store.say({ check: `c${i}`, status: 'accepted' })),
    );
    for (let i = 0; i < 8; i++)
      expect(at.store.judge({ ...SUBJECT, checkId: `c${i}` }).state).toBe('accepted');
  });
});

describe('the file', () => {
  it('is read again when it is saved; with faults, what was said before stays in force', async () => {
    await using at = await opened('');
    const next = async (text: string) => {
      const seen = at.store.changes.version;
      writeFileSync(at.file, text);
      await at.store.changes.after(seen, AbortSignal.timeout(10_000));
    };
    await next('[accounts]\nlogin = "path:/enter"\n\n[[finding]]\ncheck = "csp-*"\nstatus = "accepted"\n');
    expect(at.store.judge(SUBJECT).state).toBe('accepted');
    expect(at.store.accounts).toEqual({ login: 'path:/enter' });
    await next('nonsense');
    expect(at.store.problems).toMatchObject([{ line: 1 }]);
    expect(at.store.judge(SUBJECT).state).toBe('accepted');
  });
});
