import { describe, expect, it } from 'vitest';
import { expiredCertificate, refusedCertificate } from './certificate-diagnoses.ts';
import type { RunFacts } from './facts.ts';
import { facts, NOW, refusal, seen } from './testing.ts';

const found = (given: Partial<RunFacts>) => refusedCertificate(facts(given));
const ids = (given: Partial<RunFacts>) => found(given).map(({ id }) => id);

describe('a client that refuses the certificate', () => {
  it('is nobody while nobody does', () => {
    expect(ids({ exchanges: [seen()] })).toEqual([]);
  });

  it('has not got it, as long as nothing has been decrypted', () => {
    const [one] = found({ refusals: [refusal({ host: 'a.test' }), refusal({ host: 'b.test' })] });
    expect(one).toMatchObject({
      id: 'certificate-not-trusted',
      severity: 'problem',
      hosts: ['a.test', 'b.test'],
    });
    expect(one?.text).toContain('a.test, b.test');
    expect(one?.fixes.map(({ kind }) => kind)).toEqual(['trust', 'open-browser', 'session']);
    // Plain traffic says nothing of it.
    expect(ids({ exchanges: [seen({ decrypted: false })], refusals: [refusal()] })).toEqual([
      'certificate-not-trusted',
    ]);
  });

  it('is one of several when another client reads the same host', () => {
    expect(ids({ exchanges: [seen({ host: 'a.test' })], refusals: [refusal({ host: 'a.test' })] })).toEqual([
      'certificate-not-everywhere',
    ]);
  });

  it('pins when it refuses one host again and again while others are read', () => {
    const refusals = [
      refusal({ host: 'app.test' }),
      refusal({ host: 'app.test' }),
      refusal({ host: 'once.test' }),
    ];
    const [one] = found({ exchanges: [seen()], refusals });
    expect(one).toMatchObject({ id: 'certificate-pinned', hosts: ['app.test'] });
    expect(one?.fixes).toContainEqual({ kind: 'command', text: '--passthrough app.test' });
    // Once may be chance.
    expect(ids({ exchanges: [seen()], refusals: [refusal()] })).toEqual([]);
  });

  it('reads the system’s store alone when a browser on Android is read', () => {
    const browser = seen({ userAgent: 'Mozilla/5.0 (Linux; Android 14) Chrome/131 Mobile' });
    expect(ids({ exchanges: [browser], refusals: [refusal({ host: 'app.test' })] })).toEqual([
      'certificate-user-store',
    ]);
  });

  it('names at most ten hosts, and three in its sentence', () => {
    const refusals = Array.from({ length: 30 }, (_, i) => refusal({ host: `h${i}.test` }));
    const [one] = found({ refusals });
    expect(one?.hosts).toHaveLength(10);
    expect(one?.text).toContain('h0.test, h1.test, h2.test and 7 more');
  });
});

it('an expired root is said before anything else can be', () => {
  expect(expiredCertificate(facts({ caExpires: NOW - 1 })).map(({ id }) => id)).toEqual([
    'certificate-expired',
  ]);
  expect(expiredCertificate(facts())).toEqual([]);
});
