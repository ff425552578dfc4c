/** What the rest of Sluice knows of certificates: a root for this installation, and leaves signed by it. */

export interface LeafCertificate {
  /** PEM of the leaf, followed by the root. */
  readonly cert: string;
  /** PKCS#8 PEM; one key pair per run, shared by all leaves. */
  readonly key: string;
}

export interface Authority {
  readonly certificatePem: string;
  readonly certificateDer: Uint8Array;
  /** Path of the PEM file of the root certificate (never of the key). */
  readonly certificateFile: string;
  /** SHA-256 of the DER, upper-case hex with colons. */
  readonly fingerprint: string;
  readonly commonName: string;
  readonly expires: Date;
  /** Said to the user once per start, as "The root certificate was about to end and was renewed; install the new one." */
  readonly notices: readonly string[];
  /**
   * A leaf for exactly this host name or IP address (IPv6 without brackets), cached; at most 1 ms when new.
   * @throws SluiceError `not-allowed` when `host` is neither a valid host name (RFC 1123, A-labels) nor an IP address.
   */
  leafFor(host: string): LeafCertificate;
}
