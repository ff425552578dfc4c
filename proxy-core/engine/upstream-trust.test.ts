import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Authority } from '#certs/authority.ts';
import { openAuthority } from '#certs/open-authority.ts';
import { httpOrigin } from '../testing/origin.ts';
import { upstreamContext, withoutOwnKey } from './upstream-trust.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-trust-'));
let own: Authority;
let other: Authority;
beforeAll(async () => {
  [own, other] = (await Promise.all(
    ['own', 'other'].map((name) => openAuthority({ directory: join(folder, name) })),
  )) as [Authority, Authority];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('authorities without our own', () => {
  it('K5: are the others, each once, wherever ours stands among them', () => {
    const bundle = `# comment\n${other.certificatePem}\n${own.certificatePem}`;
    expect(withoutOwnKey([bundle, other.certificatePem, own.certificatePem], own.certificatePem)).toEqual([
      other.certificatePem.trim(),
    ]);
    expect(withoutOwnKey([], own.certificatePem)).toEqual([]);
    expect(withoutOwnKey(['no certificate', '-----BEGIN CERTIFICATE-----'], own.certificatePem)).toEqual([]);
  });

  it('K5: are told by key: another certificate of our key is ours', () => {
    const again = own.certificatePem.replace(/\n/g, '\r\n');
    expect(withoutOwnKey([again], own.certificatePem)).toEqual([]);
  });

  it('are not confused by keys that are no certificates', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    expect(withoutOwnKey([String(pem)], own.certificatePem)).toEqual([]);
  });
});

describe('U1: an origin', () => {
  /** The error of a handshake with an origin of this authority, as one who trusts `upstreamCa` too; undefined when it is believed. */
  async function handshake(authority: Authority, upstreamCa: string[]): Promise<string | undefined> {
    await using origin = await httpOrigin(() => {}, { tls: authority.leafFor('localhost') });
    const socket = connect({
      port: origin.port,
      host: '127.0.0.1',
      servername: 'localhost',
      secureContext: upstreamContext(own.certificatePem, upstreamCa),
    });
    const outcome = await new Promise<string | undefined>((resolve) => {
      socket.once('secureConnect', () => resolve(undefined));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    socket.destroy();
    return outcome;
  }

  it('is believed when the user trusts its authority, and not before', async () => {
    expect(await handshake(other, [])).toMatch(/^(?:UNABLE_TO|SELF_SIGNED)/);
    expect(await handshake(other, [other.certificatePem])).toBeUndefined();
  });

  it('K5: is not believed for a certificate of ours, even if the user named our root', async () => {
    expect(await handshake(own, [own.certificatePem])).toMatch(/^(?:UNABLE_TO|SELF_SIGNED)/);
  });
});
