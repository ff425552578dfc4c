/** Opens this installation's root, making or renewing it when needed. The private key stays inside; the port has no way to ask for it. */
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { SluiceError } from '#model/errors.ts';
import type { Authority } from './authority.ts';
import { leafIssuer } from './leaf-issuer.ts';
import { commonName, DAY_MS, newRoot } from './root-certificate.ts';
import {
  addRoot,
  certificateFile,
  publishNewest,
  readRoots,
  type StoredRoot,
  secureFolder,
} from './root-files.ts';
import { certificatePem } from './x509.ts';

export interface AuthorityOptions {
  /** Folder of the authority alone; made with mode 0700 when missing. */
  readonly directory: string;
  /** The clock; the system's by default. */
  readonly now?: () => Date;
  /** Part of the root's name; this machine's host name by default. */
  readonly machineName?: string;
}

/** A root with no more than this left is replaced at start, while the old one still works for whoever needs a day to change. */
const RENEW_DAYS = 30;
/** Another start may be between two steps; a fault that it explains is gone when looked at again. */
const LOOKS = 3;
const LOOK_AGAIN_MS = 100;

/**
 * @throws SluiceError `data-folder` when the folder cannot be made or written, `authority-unreadable` when what is in it is damaged,
 * incomplete or contradicts itself; nothing is changed then.
 */
export async function openAuthority(options: AuthorityOptions): Promise<Authority> {
  const { directory, now = () => new Date(), machineName = hostname() } = options;
  const notices: string[] = [];
  if (await secureFolder(directory)) {
    notices.push(
      'Other users of this machine could read the root certificate’s key until now; if one of them is not trusted, delete the folder ' +
        `${directory}, start again and trust the new root.`,
    );
  }
  let [root] = await settledRoots(directory);
  const old = root;
  if (root === undefined || root.certificate.validToDate.getTime() - now().getTime() <= RENEW_DAYS * DAY_MS) {
    await addRoot(directory, (root?.generation ?? 0) + 1, await newRoot(machineName, now()));
    [root] = await settledRoots(directory);
    if (root === undefined)
      throw new SluiceError(
        'authority-unreadable',
        `The root certificate in ${directory} vanished; start again.`,
      );
  }
  if (old !== undefined && old.generation !== root.generation) notices.push(renewalNotice(old, root, now()));
  return authorityOf(root, certificateFile(directory), notices, now);
}

async function settledRoots(directory: string): Promise<StoredRoot[]> {
  for (let look = 1; ; look++) {
    try {
      const roots = await readRoots(directory);
      await publishNewest(directory, roots);
      return roots;
    } catch (error) {
      const final =
        look === LOOKS || !(error instanceof SluiceError) || error.code !== 'authority-unreadable';
      if (final) throw error;
      await delay(LOOK_AGAIN_MS);
    }
  }
}

function renewalNotice(old: StoredRoot, renewed: StoredRoot, now: Date): string {
  const end = old.certificate.validToDate;
  const verb = end.getTime() <= now.getTime() ? 'ended' : 'was about to end';
  return (
    `The root certificate “${commonName(old.certificate)}” ${verb} (${end.toISOString().slice(0, 10)}) and was replaced by ` +
    `“${commonName(renewed.certificate)}”; install the new one wherever the old one was trusted.`
  );
}

function authorityOf(root: StoredRoot, file: string, notices: readonly string[], now: () => Date): Authority {
  const { certificate } = root;
  return {
    certificatePem: certificatePem(certificate.raw),
    certificateDer: new Uint8Array(certificate.raw),
    certificateFile: file,
    fingerprint: certificate.fingerprint256,
    commonName: commonName(certificate),
    expires: certificate.validToDate,
    notices,
    leafFor: leafIssuer(root, now),
  };
}
