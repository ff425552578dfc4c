/** The TLS contexts for origins: whom to believe, how old a protocol may be, and which client certificate goes with which host. */
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import { SluiceError } from '#model/errors.ts';
import type { ClientCertificate, UpstreamSettings } from '../settings.ts';
import { type ReadCertificate, readClientCertificates } from './client-certificates.ts';

const DEFAULT_MIN_VERSION = 'TLSv1.2';
/** OpenSSL speaks versions below 1.2 only at its lowest security level; identity.ts asks for strong certificates all the same. */
const OLD_VERSION_CIPHERS = 'DEFAULT:@SECLEVEL=0';

/** BoringSSL, which Electron has, knows no levels and does not need one. */
function lowestLevel(): SecureContextOptions {
  const options = { ciphers: OLD_VERSION_CIPHERS };
  try {
    createSecureContext(options);
    return options;
  } catch {
    return {};
  }
}

/** How TLS is spoken with a host. */
export interface HostTls {
  readonly secureContext: SecureContext;
  /** The host may renegotiate, which HTTP/2 forbids (RFC 9113 §9.2.1). */
  readonly http1Only: boolean;
}

export class TlsContexts {
  readonly #common: SecureContextOptions;
  readonly #certificates: readonly ReadCertificate[];
  readonly #made = new Map<ReadCertificate | undefined, HostTls>();
  /** Of single requests. */
  readonly #given = new WeakMap<ClientCertificate, ReadCertificate>();

  /** @throws SluiceError `usage` for a client certificate that cannot be used. */
  constructor(authorities: readonly string[], settings: UpstreamSettings) {
    const minVersion = settings.minTlsVersion ?? DEFAULT_MIN_VERSION;
    this.#certificates = readClientCertificates(settings.clientCertificates ?? []);
    if (minVersion === 'TLSv1.3' && this.#certificates.some(({ askedLate }) => askedLate)) {
      throw new SluiceError(
        'usage',
        'A client certificate that is asked for late needs TLS 1.2; allow it as minimum version, or do without.',
      );
    }
    this.#common = {
      ca: [...authorities],
      minVersion,
      ...(minVersion < DEFAULT_MIN_VERSION ? lowestLevel() : {}),
    };
    this.#make(undefined);
  }

  /** For a host, with the first client certificate whose pattern means one of its names. */
  tlsFor(names: readonly string[], port: number): HostTls {
    const certificate = this.#certificates.find(({ matches }) => names.some((name) => matches(name, port)));
    return this.#made.get(certificate) ?? this.#make(certificate);
  }

  /** With that certificate, whatever the host. @throws SluiceError `usage` when it cannot be used */
  tlsWith(given: ClientCertificate): HostTls {
    let read = this.#given.get(given);
    if (read === undefined) {
      [read] = readClientCertificates([given]);
      if (read !== undefined) this.#given.set(given, read);
    }
    return this.#made.get(read) ?? this.#make(read);
  }

  #make(certificate: ReadCertificate | undefined): HostTls {
    const late = certificate?.askedLate ?? false;
    const version: SecureContextOptions = late ? { maxVersion: 'TLSv1.2' } : {};
    const secureContext = createSecureContext({ ...this.#common, ...version, ...certificate?.options });
    const made = { secureContext, http1Only: late };
    this.#made.set(certificate, made);
    return made;
  }
}
