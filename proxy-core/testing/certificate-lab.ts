/**
 * Certificates that Sluice would never make: weak, without names, under intermediates and constraints. Made by the openssl command in a
 * folder that is gone when the lab is closed.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OriginCertificate } from './origin.ts';

const run = promisify(execFile);

export interface Issued extends OriginCertificate {
  /** Where its files are: `FILE.pem` and `FILE.key`. */
  readonly file: string;
}

export interface Wishes {
  /** Whose key signs; its own when absent. */
  readonly issuer?: Issued;
  readonly subject?: string;
  /** Of OpenSSL's x509v3_config, one a line; `DNS:localhost` as alternative name when absent. */
  readonly extensions?: string;
  /** Arguments of -newkey. */
  readonly key?: readonly string[];
  /** `sha1`, `md5`; sha256 when absent. */
  readonly digest?: string;
  /** Sign with a key that exists instead of making one. */
  readonly keyPem?: string;
}

const EC = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
const AUTHORITY = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign';

export class CertificateLab implements AsyncDisposable {
  readonly #folder: string;
  #count = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(): Promise<CertificateLab> {
    return new CertificateLab(await mkdtemp(join(tmpdir(), 'sluice-lab-')));
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  /** A certificate valid for ten days from now. */
  async issue(wishes: Wishes = {}): Promise<Issued> {
    const { issuer, subject = '/CN=localhost', extensions = 'subjectAltName=DNS:localhost' } = wishes;
    this.#count += 1;
    const file = this.#path(String(this.#count));
    await writeFile(`${file}.ext`, extensions);
    if (wishes.keyPem === undefined) {
      const key = ['-newkey', ...(wishes.key ?? EC), '-nodes', '-keyout', `${file}.key`];
      await run('openssl', ['req', '-new', ...key, '-subj', subject, '-out', `${file}.csr`]);
    } else {
      await writeFile(`${file}.key`, wishes.keyPem);
      await run('openssl', ['req', '-new', '-key', `${file}.key`, '-subj', subject, '-out', `${file}.csr`]);
    }
    const signer = issuer
      ? ['-CA', `${issuer.file}.pem`, '-CAkey', `${issuer.file}.key`, '-set_serial', String(this.#count)]
      : ['-signkey', `${file}.key`];
    const terms = [`-${wishes.digest ?? 'sha256'}`, '-days', '10', '-extfile', `${file}.ext`];
    await run('openssl', ['x509', '-req', '-in', `${file}.csr`, ...signer, ...terms, '-out', `${file}.pem`]);
    const [cert, key] = await Promise.all([readFile(`${file}.pem`, 'utf8'), readFile(`${file}.key`, 'utf8')]);
    return { cert, key, file };
  }

  /** An authority, a root when it has no issuer. */
  authority(name: string, wishes: Omit<Wishes, 'subject'> = {}): Promise<Issued> {
    const extensions = [AUTHORITY, wishes.extensions].filter(Boolean).join('\n');
    return this.issue({ ...wishes, subject: `/CN=${name}`, extensions });
  }

  /** PKCS#12; `options` as `-legacy` or `-keypbe`. */
  async pkcs12({ file }: Issued, passphrase: string, options: readonly string[] = []): Promise<Buffer> {
    const files = ['-in', `${file}.pem`, '-inkey', `${file}.key`, '-out', `${file}.p12`];
    await run('openssl', ['pkcs12', '-export', ...files, '-passout', `pass:${passphrase}`, ...options]);
    return readFile(`${file}.p12`);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}
