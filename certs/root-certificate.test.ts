import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commonName, newRoot, rootName } from './root-certificate.ts';
import { run, tempFolder } from './testing/temp-authority.ts';

const NOW = new Date('2026-11-23T12:00:00Z');

test('a root as RFC 5280 wants it, in the words of openssl', async () => {
  const root = await newRoot('lab', NOW);
  const file = join(await tempFolder(), 'root.pem');
  await writeFile(file, root.certificate.toString());
  const { stdout } = await run('openssl', ['x509', '-in', file, '-noout', '-text']);
  expect(stdout).toContain('Version: 3 (0x2)');
  expect(stdout).toContain('Public-Key: (2048 bit)');
  expect(stdout).toContain('Signature Algorithm: sha256WithRSAEncryption');
  expect(stdout).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0\n/);
  expect(stdout).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
  const ids = [...stdout.matchAll(/(?:Subject|Authority) Key Identifier:\s+(?:keyid:)?([0-9A-F:]{59})/g)];
  expect(ids).toHaveLength(2);
  expect(ids[0]?.[1]).toBe(ids[1]?.[1]);
  const at = Math.floor(NOW.getTime() / 1000);
  await run('openssl', ['verify', '-x509_strict', '-attime', String(at), '-CAfile', file, file]);
});

test('it is valid for a year, and for clients whose clock is two days behind', async () => {
  const { certificate } = await newRoot('lab', NOW);
  expect(certificate.validFromDate.toISOString()).toBe('2026-11-21T12:00:00.000Z');
  expect(certificate.validToDate.toISOString()).toBe('2027-11-23T12:00:00.000Z');
});

test('two installations share neither key nor serial number', async () => {
  const [one, two] = await Promise.all([newRoot('lab', NOW), newRoot('lab', NOW)]);
  expect(one.certificate.serialNumber).not.toBe(two.certificate.serialNumber);
  expect(one.certificate.checkPrivateKey(two.key)).toBe(false);
  expect(one.certificate.checkPrivateKey(one.key)).toBe(true);
});

test.each([
  ['lab', 'Sluice CA (lab, 2026-11-23)'],
  ['', 'Sluice CA (unnamed, 2026-11-23)'],
  [' \u0000\n\u202e', 'Sluice CA (unnamed, 2026-11-23)'],
  ['a\r\nb\u2028c', 'Sluice CA (abc, 2026-11-23)'],
  ['Zoë’s MacBook', 'Sluice CA (Zoë’s MacBook, 2026-11-23)'],
])('machine %j is named %j', (machine, name) => {
  expect(rootName(machine, NOW)).toBe(name);
});

test('a long machine name is cut to what a common name may hold, between characters', () => {
  expect(Array.from(rootName('🦀'.repeat(100), NOW))).toHaveLength(64);
  expect(rootName('🦀'.repeat(100), NOW)).toMatch(/^Sluice CA \(🦀+, 2026-11-23\)$/u);
});

test('the common name is read as it was written, whatever is in it', async () => {
  for (const machine of ['plain', 'a, b=c+d\\e "f"', 'Zoë 🦀']) {
    const { certificate } = await newRoot(machine, NOW);
    expect(commonName(certificate)).toBe(`Sluice CA (${machine}, 2026-11-23)`);
  }
});
