/** What a certificate of a server's chain is for. Servers leave out the root as a rule, so the last one is not always it. */
import type { CertificateFacts } from '#model/session.ts';

export type CertificateRole = 'server' | 'intermediate' | 'root';

/** By place and by who issued it: only a root issues itself. A self-signed certificate that stands alone is the server's. */
export function certificateRole(chain: readonly CertificateFacts[], index: number): CertificateRole {
  if (index === 0) return 'server';
  const certificate = chain[index];
  return certificate !== undefined && certificate.subject === certificate.issuer ? 'root' : 'intermediate';
}
