import { createHmac, generateKeyPairSync } from 'node:crypto';
import { CompactSign, exportJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { verifyJwt } from './verify-jwt.ts';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** By node:crypto, so that the check is not checked by itself. */
function hs256(secret: string): string {
  const signed = `${encode({ alg: 'HS256' })}.${encode({ sub: '1' })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

describe('a signature', () => {
  it('is checked with a secret', async () => {
    expect(await verifyJwt(hs256('a secret'), 'a secret')).toEqual({ ok: true });
    expect(await verifyJwt(hs256('a secret'), 'another')).toMatchObject({ ok: false });
  });

  it('is checked with a public key in PEM, as JWK and in a set', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const token = await new CompactSign(new TextEncoder().encode('{}'))
      .setProtectedHeader({ alg: 'ES256', kid: 'k2' })
      .sign(privateKey);
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k2' };
    expect(await verifyJwt(token, String(publicKey.export({ type: 'spki', format: 'pem' })))).toEqual({
      ok: true,
    });
    expect(await verifyJwt(token, JSON.stringify(jwk))).toEqual({ ok: true });
    expect(await verifyJwt(token, JSON.stringify({ keys: [{ ...jwk, kid: 'k1' }, jwk] }))).toEqual({
      ok: true,
    });
    expect(
      await verifyJwt(
        token,
        JSON.stringify({
          keys: [
            { ...jwk, kid: 'a' },
            { ...jwk, kid: 'b' },
          ],
        }),
      ),
    ).toMatchObject({
      ok: false,
      why: 'the key set has no key with the id of this token',
    });
  });

  it('is refused with a reason when there is none, or the key is no key', async () => {
    expect(await verifyJwt(`${encode({ alg: 'none' })}.${encode({})}.`, 'x')).toEqual({
      ok: false,
      why: 'the token is not signed',
    });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    expect(await verifyJwt(hs256('s'), pem)).toMatchObject({
      why: expect.stringContaining('give the public key'),
    });
    expect(await verifyJwt(hs256('s'), '{')).toMatchObject({ ok: false });
    expect(await verifyJwt('no token', 's')).toMatchObject({ ok: false });
  });
});
