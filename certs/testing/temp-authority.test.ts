import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { hasProgram, memoryAuthority, privateOctets, tempAuthority } from './temp-authority.ts';

let last = '';

test('an authority on disk is there while its test runs', async () => {
  const { authority, directory } = await tempAuthority();
  last = dirname(directory);
  expect(existsSync(authority.certificateFile)).toBe(true);
});

test('and gone after it', () => {
  expect(last).not.toBe('');
  expect(existsSync(last)).toBe(false);
});

test('private octets are in the private form of a key and not in the public one', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const octets = privateOctets(privateKey);
  expect(octets).toHaveLength(24);
  expect(privateKey.export({ type: 'pkcs8', format: 'der' }).includes(octets)).toBe(true);
  expect(publicKey.export({ type: 'spki', format: 'der' }).includes(octets)).toBe(false);
});

test('an authority in memory has a name of the test’s choice and makes no leaves', async () => {
  const { authority, secret } = await memoryAuthority('any');
  expect(authority.commonName).toBe('any');
  expect(secret).toHaveLength(24);
  expect(() => authority.leafFor('example.com')).toThrow('makes no leaves');
});

test('programs are found on the path', () => {
  expect(hasProgram('sh')).toBe(true);
  expect(hasProgram('no-such-program-of-ours')).toBe(false);
});
