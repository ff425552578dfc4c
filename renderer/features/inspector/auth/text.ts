/** What the Auth tab says. */
import { formatDate } from '../../../text/format.ts';
import type { JwtTime } from './jwt.ts';

export const authText = {
  header: 'Header',
  claims: 'Claims',
  copyClaim: (name: string) => `Copy ${name}`,
  unsigned: 'not signed',
  time: {
    valid: 'valid when it was sent',
    expired: 'had expired when it was sent',
    early: 'not yet valid when it was sent',
    endless: 'never expires',
  } satisfies Record<JwtTime, string>,
  expiredSince: 'has expired since',
  at: (seconds: number) => formatDate(seconds * 1000),
  key: 'Key',
  keyHelp: 'The secret, a public key or certificate in PEM, or a JWK. It stays in this window.',
  check: 'Check signature',
  signatureOk: 'The signature is right.',
  signatureBad: (why: string) => `Not verified: ${why}.`,
} as const;
