/** Checks a token's signature with a key that the user gives. Loaded on demand; the key goes nowhere. */

import type { CryptoKey, JWK, KeyObject } from 'jose';
import { compactVerify, decodeProtectedHeader, importJWK, importSPKI, importX509 } from 'jose';

export type Verdict = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** A key as people have it: PEM of a public key or certificate, JWK, JWK set, or else the secret itself as text. */
async function keyOf(
  text: string,
  algorithm: string,
  kid: unknown,
): Promise<CryptoKey | KeyObject | Uint8Array> {
  const trimmed = text.trim();
  if (trimmed.includes('BEGIN CERTIFICATE')) return importX509(trimmed, algorithm);
  if (trimmed.includes('BEGIN PUBLIC KEY')) return importSPKI(trimmed, algorithm);
  if (trimmed.includes('-----BEGIN'))
    throw new Error('give the public key (BEGIN PUBLIC KEY) or the certificate');
  if (trimmed.startsWith('{')) return importJWK(jwkOf(JSON.parse(trimmed), kid), algorithm);
  return new TextEncoder().encode(text);
}

function jwkOf(value: JWK & { keys?: JWK[] }, kid: unknown): JWK {
  if (value.keys === undefined) return value;
  const [only] = value.keys;
  const found = value.keys.find((key) => key.kid === kid) ?? (value.keys.length === 1 ? only : undefined);
  if (found === undefined) throw new Error('the key set has no key with the id of this token');
  return found;
}

/** Whether `key` signed `token`. Never rejects: what is wrong with the key is part of the verdict. */
export async function verifyJwt(token: string, key: string): Promise<Verdict> {
  try {
    const { alg = 'none', kid } = decodeProtectedHeader(token);
    if (alg === 'none') return { ok: false, why: 'the token is not signed' };
    await compactVerify(token, await keyOf(key, alg, kid));
    return { ok: true };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
