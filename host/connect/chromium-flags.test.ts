import { createHash, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAuthority } from '#certs/open-authority.ts';
import { temporaryFolder } from '../testing/captures.ts';
import { baseFlags, proxyFlags, spkiHash } from './chromium-flags.ts';

async function root(): Promise<string> {
  using folder = temporaryFolder();
  return (await openAuthority({ directory: join(folder.path, 'a') })).certificatePem;
}

describe('flags of any window', () => {
  const flags = (change = {}) => baseFlags({ profile: '/p', isRoot: false, extra: [], ...change });

  it('give it a profile of its own, and no traffic but the user’s', () => {
    expect(flags()).toEqual(
      expect.arrayContaining(['--user-data-dir=/p', '--no-first-run', '--disable-background-networking']),
    );
  });

  it('leave the sandbox on, but for root, whom Chromium refuses it', () => {
    expect(flags()).not.toContain('--no-sandbox');
    expect(flags({ isRoot: true })).toContain('--no-sandbox');
  });

  it('end with those of the user, who may overrule', () => {
    expect(flags({ extra: ['--headless=new', '--x'] }).slice(-2)).toEqual(['--headless=new', '--x']);
  });
});

describe('flags of a window that uses the proxy', () => {
  it('send everything through it, this machine’s own servers too', async () => {
    expect(proxyFlags('127.0.0.1:8866', await root())).toEqual(
      expect.arrayContaining([
        '--proxy-server=http://127.0.0.1:8866',
        '--proxy-bypass-list=<-loopback>',
        '--disable-quic',
      ]),
    );
  });

  it('U1: trust our root by its key, and nothing else', async () => {
    const pem = await root();
    const trust = proxyFlags('p:1', pem).filter((flag) => /certificate|insecure|unsafe/.test(flag));
    expect(trust).toEqual([`--ignore-certificate-errors-spki-list=${spkiHash(pem)}`]);
  });

  it('name the key by its hash, which is another for another root', async () => {
    const [one, other] = [await root(), await root()];
    const spki = new X509Certificate(one).publicKey.export({ type: 'spki', format: 'der' });
    expect(spkiHash(one)).toBe(createHash('sha256').update(spki).digest('base64'));
    expect(spkiHash(other)).not.toBe(spkiHash(one));
  });
});
