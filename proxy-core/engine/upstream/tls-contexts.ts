/** The TLS contexts for origins: whom to believe, how old a protocol may be, and which client certificate goes with which host. */
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { UpstreamSettings } from '../settings.ts';
import { trustedAuthorities } from '../upstream-trust.ts';
import { type ReadCertificate, readClientCertificates } from './client-certificates.ts';

const DEFAULT_MIN_VERSION = 'TLSv1.2';
/** OpenSSL speaks versions below 1.2 only at its lowest security level; identity.ts asks for strong certificates all the same. */
const OLD_VERSION_CIPHERS = 'DEFAULT:@SECLEVEL=0';

export class TlsContexts {
  readonly #common: SecureContextOptions;
  readonly #certificates: readonly ReadCertificate[];
  readonly #made = new Map<ReadCertificate | undefined, SecureContext>();

  /** @throws SluiceError `usage` for a client certificate that cannot be used. */
  constructor(ownRootPem: string, upstreamCa: readonly string[], settings: UpstreamSettings) {
    const minVersion = settings.minTlsVersion ?? DEFAULT_MIN_VERSION;
    this.#certificates = readClientCertificates(settings.clientCertificates ?? []);
    this.#common = {
      ca: trustedAuthorities(ownRootPem, upstreamCa),
      minVersion,
      ...(minVersion < DEFAULT_MIN_VERSION ? { ciphers: OLD_VERSION_CIPHERS } : {}),
    };
    this.#contextOf(undefined);
  }

  /** The context for a host, with the first client certificate whose pattern means one of its names. */
  contextFor(names: readonly string[], port: number): SecureContext {
    const certificate = this.#certificates.find(({ matches }) => names.some((name) => matches(name, port)));
    return this.#contextOf(certificate);
  }

  #contextOf(certificate: ReadCertificate | undefined): SecureContext {
    const known = this.#made.get(certificate);
    if (known) return known;
    const made = createSecureContext({ ...this.#common, ...certificate?.options });
    this.#made.set(certificate, made);
    return made;
  }
}
