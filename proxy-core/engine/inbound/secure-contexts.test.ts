import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LeafCertificate } from '#certs/authority.ts';
import { tempAuthority } from '#certs/testing/temp-authority.ts';
import { SecureContexts } from './secure-contexts.ts';

const DAY_MS = 86_400_000;

describe('SecureContexts', () => {
  it('makes one context for each certificate and shares it', async () => {
    const { authority } = await tempAuthority();
    const contexts = new SecureContexts(authority);
    const first = contexts.contextFor('a.test');
    expect(contexts.contextFor('a.test')).toBe(first);
    expect(contexts.contextFor('b.test')).not.toBe(first);
    expect(contexts.size).toBe(2);
  });

  it('52: spellings of one name are one', async () => {
    const { authority } = await tempAuthority();
    const contexts = new SecureContexts(authority);
    const first = contexts.contextFor('a.test');
    for (const name of ['A.TEST', 'a.test.', 'A.Test.']) expect(contexts.contextFor(name), name).toBe(first);
    expect(contexts.size).toBe(1);
  });

  it('56: addresses too', async () => {
    const { authority } = await tempAuthority();
    const contexts = new SecureContexts(authority);
    expect(contexts.contextFor('::1')).toBe(contexts.contextFor('0:0:0:0:0:0:0:1'));
    expect(contexts.contextFor('127.0.0.1')).not.toBe(contexts.contextFor('::1'));
  });

  it('renews the context when the leaf is renewed', async () => {
    let at = Date.now();
    const { authority } = await tempAuthority(() => new Date(at));
    const contexts = new SecureContexts(authority);
    const first = contexts.contextFor('a.test');
    at += 2 * DAY_MS;
    expect(contexts.contextFor('a.test')).toBe(first);
    at += 5 * DAY_MS;
    expect(contexts.contextFor('a.test')).not.toBe(first);
  });

  it('is bounded: the one unused for longest goes', async () => {
    const { authority } = await tempAuthority();
    const contexts = new SecureContexts(authority, 2);
    const a = contexts.contextFor('a.test');
    const b = contexts.contextFor('b.test');
    expect(contexts.contextFor('a.test')).toBe(a);
    contexts.contextFor('c.test');
    expect(contexts.size).toBe(2);
    expect(contexts.contextFor('a.test')).toBe(a);
    expect(contexts.contextFor('b.test')).not.toBe(b);
  });

  it('asks the authority each time, which costs a look-up and no certificate', async () => {
    const { authority } = await tempAuthority();
    const handedOut = new Set<string>();
    const leafFor = (host: string): LeafCertificate => {
      const leaf = authority.leafFor(host);
      handedOut.add(createHash('sha256').update(leaf.cert).digest('hex'));
      return { ...leaf };
    };
    const contexts = new SecureContexts({ leafFor });
    const first = contexts.contextFor('a.test');
    for (let i = 0; i < 100; i++) expect(contexts.contextFor('a.test')).toBe(first);
    expect(handedOut.size).toBe(1);
  });

  it('refuses what is no host name', async () => {
    const { authority } = await tempAuthority();
    const contexts = new SecureContexts(authority);
    expect(() => contexts.contextFor('../../etc/passwd')).toThrow(/neither a host name nor an IP address/);
    expect(contexts.size).toBe(0);
  });
});
