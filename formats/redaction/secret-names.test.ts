import { describe, expect, it } from 'vitest';
import { opaque } from '../testing/masking.ts';
import { mayNameSecret, secretKind, secretKindInText } from './secret-names.ts';

const token = opaque();

describe('names of secrets', () => {
  it.each([
    ['password', 'z1', 'password'],
    ['user[new_password]', 'Tr0ub4dor', 'password'],
    ['access_token', 'abc123def456', 'token'],
    ['X-Api-Key', 'k-12345678', 'api-key'],
    ['client_secret', 'sesame!', 'api-key'],
    ['PHPSESSID', 'a1b2c3d4e5', 'session'],
    ['__RequestVerificationToken', token, 'csrf'],
    ['SAMLResponse', 'PHNhbWxwOlJlc3BvbnNlPg==', 'saml'],
    ['X-Amz-Signature', 'a'.repeat(15) + token, 'signature'],
    ['code', token, 'code'],
    ['otp', '123456', 'otp'],
    ['pin', '0042', 'otp'],
    ['code_verifier', token, 'token'],
    // Names of somebody's own, when the value looks like it.
    ['acmeGatewayToken', token, 'token'],
    ['X-Acme-Secret', token, 'api-key'],
    ['db_admin_pwd', token, 'password'],
  ])('%s=%s is a %s', (name, value, kind) => {
    expect(mayNameSecret(name)).toBe(true);
    expect(secretKind(name, value)).toBe(kind);
  });

  it.each([
    ['password', ''],
    ['password', 'true'],
    ['password', '<your password>'],
    ['password', '12'],
    ['password', '[redacted:password:1]'],
    ['password_hint', 'my first pet'],
    ['next_page_token', token],
    ['pageToken', token],
    ['token_type', 'Bearer'],
    ['token', 'comma'],
    ['session', '12'],
    ['session', 'Opening keynote'],
    ['sessionCount', '12345678'],
    ['code', 'DE'],
    ['code', 'INVALID_ARGUMENT'],
    ['code', 'SUMMER-2026'],
    ['pin', 'no'],
    ['acmeGatewayToken', 'blue'],
    ['id', token],
    ['hash', token],
    ['etag', token],
  ])('%s=%s is none', (name, value) => expect(secretKind(name, value)).toBeUndefined());

  it('are read without delay, however long', () => {
    const started = performance.now();
    for (let i = 0; i < 2000; i++) secretKind(`${'a_'.repeat(5000)}${i}token`, token);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('the same in text', () => {
  it.each([
    ['token', token, false, 'token'],
    ['password', 'hunter2xyz', false, 'password'],
    ['password', 'Tr0ub4dor&3', true, 'password'],
    ['apiKey', token, true, 'api-key'],
  ])('%s: %s', (name, value, quoted, kind) => expect(secretKindInText(name, value, quoted)).toBe(kind));

  it.each([
    ['password', 'must', false],
    ['password', 'Passwort eingeben', true],
    ['token', 'e.value1', false],
    ['token', 't[0].x1', false],
    ['password', 'field1', true],
    ['code', token, true],
    ['password', 'a1 b2 c3', true],
  ])('not %s: %s', (name, value, quoted) => expect(secretKindInText(name, value, quoted)).toBeUndefined());
});
