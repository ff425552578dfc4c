/** Command-line flags for Chromium-family browsers that Sluice starts. Pure. */
import { createHash, X509Certificate } from 'node:crypto';

/** No first-run pages, and no traffic that the user did not cause: it would only clutter the capture. */
const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-default-apps',
  '--disable-sync',
  '--disable-breakpad',
  '--metrics-recording-only',
  '--password-store=basic',
  '--disable-features=OptimizationHints,MediaRouter,Translate,InterestFeedContentSuggestions,CertificateTransparencyComponentUpdater,AutofillServerCommunication',
];

export interface FlagOptions {
  /** A profile of Sluice's own; the user's browser and its cookies are never touched. */
  readonly profile: string;
  readonly isRoot: boolean;
  readonly extra: readonly string[];
}

/** Flags that any browser window of ours needs. Chromium refuses to run its sandbox as root. */
export const baseFlags = ({ profile, isRoot, extra }: FlagOptions): string[] => [
  `--user-data-dir=${profile}`,
  ...QUIET,
  ...(isRoot ? ['--no-sandbox'] : []),
  ...extra,
];

/** Base64 SHA-256 of a certificate's public key (SPKI). */
export function spkiHash(certificatePem: string): string {
  const spki = new X509Certificate(certificatePem).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64');
}

/**
 * Flags that send everything through the proxy, localhost too, and trust certificates by our root's key alone: nothing is installed, and
 * every other certificate is verified as ever. HTTP/3 does not pass through proxies.
 */
export const proxyFlags = (proxy: string, certificatePem: string): string[] => [
  `--proxy-server=http://${proxy}`,
  '--proxy-bypass-list=<-loopback>',
  `--ignore-certificate-errors-spki-list=${spkiHash(certificatePem)}`,
  '--disable-quic',
];
