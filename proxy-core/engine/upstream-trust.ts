/**
 * Whom Sluice believes when it connects to origins: the system's and Mozilla's authorities plus those the user names, and never its own
 * root, which the user has installed in the system's store: it is left out by comparing keys.
 */
import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g;

/** The PEM blocks of `texts`, each on its own, without those that carry the public key of `ownRootPem`. */
export function withoutOwnKey(texts: readonly string[], ownRootPem: string): string[] {
  const ownKey = new X509Certificate(ownRootPem).publicKey.export({ type: 'spki', format: 'der' });
  const blocks = texts.flatMap((text) => [...text.matchAll(PEM_BLOCK)]);
  const kept = blocks.filter(([, base64 = '']) => !Buffer.from(base64, 'base64').includes(ownKey));
  return [...new Set(kept.map(([block]) => block))];
}

/** PEM blocks of all authorities to believe. */
export function trustedAuthorities(ownRootPem: string, upstreamCa: readonly string[]): string[] {
  const system = [
    ...getCACertificates('bundled'),
    ...getCACertificates('system'),
    ...getCACertificates('extra'),
  ];
  return withoutOwnKey([...system, ...upstreamCa], ownRootPem);
}

/** A context that verifies origins; making one parses some hundred certificates (about 40 ms), so make it once. */
export function upstreamContext(ownRootPem: string, upstreamCa: readonly string[]): SecureContext {
  return createSecureContext({ ca: trustedAuthorities(ownRootPem, upstreamCa) });
}
