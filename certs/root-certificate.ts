/**
 * A new root: RSA-2048, because every client there is accepts it, and its self-signed certificate for this machine and day.
 * Touches no file.
 */
import { generateKeyPair, type KeyObject, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import * as x509 from './x509.ts';

export interface Root {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

export const DAY_MS = 86_400_000;
const VALID_DAYS = 365;
/** For clients whose clock is behind. */
const BACKDATED_DAYS = 2;
/** RFC 5280 appendix A.1, ub-common-name. */
const MAX_COMMON_NAME = 64;

const newKeyPair = promisify(generateKeyPair);

/** A root that is valid from two days before `now` to a year after it. The key is generated natively, off the event loop. */
export async function newRoot(machineName: string, now: Date): Promise<Root> {
  const { publicKey, privateKey } = await newKeyPair('rsa', { modulusLength: 2048 });
  const name = x509.distinguishedName({ organization: 'Sluice', commonName: rootName(machineName, now) });
  const spki = x509.publicKeyInfo(publicKey);
  const id = x509.keyIdentifier(spki);
  const der = x509.signCertificate(
    {
      issuer: name,
      subject: name,
      notBefore: new Date(now.getTime() - BACKDATED_DAYS * DAY_MS),
      notAfter: new Date(now.getTime() + VALID_DAYS * DAY_MS),
      publicKey: x509.fromDer(spki),
      extensions: [
        x509.authorityConstraints(),
        x509.keyUsage('keyCertSign', 'cRLSign'),
        x509.subjectKeyId(id),
        x509.authorityKeyId(id),
      ],
    },
    privateKey,
  );
  return { certificate: new X509Certificate(der), key: privateKey };
}

/** "Sluice CA (machine, 2026-11-23)": tells the roots of several machines and years apart in a trust store. */
export function rootName(machineName: string, now: Date): string {
  const day = now.toISOString().slice(0, 10);
  const room = MAX_COMMON_NAME - `Sluice CA (, ${day})`.length;
  // Not only letters and digits, yet nothing that breaks lists: control and format characters and line ends.
  const clean = machineName.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim();
  return `Sluice CA (${Array.from(clean).slice(0, room).join('') || 'unnamed'}, ${day})`;
}

/** The common name of a certificate of ours. */
export function commonName(certificate: X509Certificate): string {
  // `certificate.subject` is escaped for reading; the older form holds the text itself.
  return String(certificate.toLegacyObject().subject.CN);
}
