/**
 * The certificates that Sluice presents to origins that ask for one, by host. All are read at once, so that a bad one is refused while
 * the user is still looking; the contexts that carry them are made when first used.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { SluiceError } from '#model/errors.ts';
import { type HostMatcher, hostMatcher } from '../host-pattern.ts';
import type { ClientCertificate } from '../settings.ts';

export interface ReadCertificate {
  readonly matches: HostMatcher;
  readonly options: SecureContextOptions;
  readonly askedLate: boolean;
}

/** What OpenSSL means, by the code of its error. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /MAC_VERIFY|PKCS12_PARSE|BAD_DECRYPT|PASSWORD_READ|INTERRUPTED_OR_CANCELLED|BAD_PASSWORD/,
    'the passphrase is missing or wrong',
  ],
  [/KEY_VALUES_MISMATCH|KEY_TYPE_MISMATCH/, 'the key does not belong to the certificate'],
  [
    /UNSUPPORTED/,
    'its encryption is too old to be read; export it again with AES ("openssl pkcs12 -legacy" reads it)',
  ],
];

function reasonOf(error: unknown): string {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const text = `${code} ${message}`.toUpperCase().replaceAll(' ', '_');
  return REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? message;
}

function optionsOf({ cert, key, pfx, passphrase }: ClientCertificate): SecureContextOptions {
  const secret = passphrase === undefined ? {} : { passphrase };
  if (pfx !== undefined) return { pfx: Buffer.from(pfx), ...secret };
  if (cert === undefined || key === undefined)
    throw new Error('it needs a certificate and its key, or a PKCS#12 file');
  return { cert, key, ...secret };
}

/** OpenSSL takes a key of another kind than the certificate's without a word. */
function checkPair({ cert, key, passphrase }: ClientCertificate): void {
  if (cert === undefined || key === undefined) return;
  const own = createPrivateKey({ key, ...(passphrase === undefined ? {} : { passphrase }) });
  if (!new X509Certificate(cert).checkPrivateKey(own))
    throw new Error('the key does not belong to the certificate');
}

function read(certificate: ClientCertificate): ReadCertificate {
  const matches = hostMatcher([certificate.host]);
  try {
    const options = optionsOf(certificate);
    createSecureContext(options);
    if (certificate.pfx === undefined) checkPair(certificate);
    return { matches, options, askedLate: certificate.askedLate ?? false };
  } catch (error) {
    throw new SluiceError(
      'usage',
      `The client certificate for ${certificate.host} cannot be used: ${reasonOf(error)}.`,
      { cause: error },
    );
  }
}

/** @throws SluiceError `usage` that names the host of the first bad one. */
export function readClientCertificates(
  certificates: readonly ClientCertificate[],
): readonly ReadCertificate[] {
  return certificates.map(read);
}
