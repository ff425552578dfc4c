/** Authorities in folders of their own that vanish with the test, and the programs that judge them. */
import { execFile } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import type { Authority } from '../authority.ts';
import { openAuthority } from '../open-authority.ts';
import { newRoot } from '../root-certificate.ts';

export const run = promisify(execFile);

/** A new folder, removed when the test that asks for it has finished. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-certs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface TempAuthority {
  readonly authority: Authority;
  readonly directory: string;
}

/** An authority in a new folder whose parent is new too. */
export async function tempAuthority(now: () => Date = () => new Date()): Promise<TempAuthority> {
  const directory = join(await tempFolder(), 'authority');
  return { authority: await openAuthority({ directory, now, machineName: 'test machine' }), directory };
}

/** A root that is on no disk: its public side as an Authority that has no leaves, and octets that only its private key holds. */
export async function memoryAuthority(commonName: string): Promise<{ authority: Authority; secret: Buffer }> {
  const { certificate, key } = await newRoot('lab', new Date());
  const authority: Authority = {
    certificatePem: certificate.toString(),
    certificateDer: new Uint8Array(certificate.raw),
    certificateFile: '/home/mia/secret-place/sluice-ca.pem',
    fingerprint: certificate.fingerprint256,
    commonName,
    expires: certificate.validToDate,
    notices: [],
    leafFor: () => {
      throw new Error('this authority makes no leaves');
    },
  };
  return { authority, secret: privateOctets(key) };
}

/** The start of an RSA key's private exponent: where these octets are, the key is. */
export function privateOctets(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url').subarray(0, 24);
}

/** Whether this machine has the program; tests that cannot do without say so and are skipped. */
export function hasProgram(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
