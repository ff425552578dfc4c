import { spawn } from 'node:child_process';
import { createPrivateKey, KeyObject, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openAuthority } from './open-authority.ts';
import { DAY_MS } from './root-certificate.ts';
import { certificateFile, keyFile } from './root-files.ts';
import { privateOctets, tempAuthority, tempFolder } from './testing/temp-authority.ts';

const START = new Date('2026-11-23T12:00:00Z');
const at = (days: number) => () => new Date(START.getTime() + days * DAY_MS);
const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test('what the first start makes is what it says of itself', async () => {
  const { authority, directory } = await tempAuthority(at(0));
  const certificate = new X509Certificate(authority.certificatePem);
  expect(authority.commonName).toBe('Sluice CA (test machine, 2026-11-23)');
  expect(authority.fingerprint).toBe(certificate.fingerprint256);
  expect(authority.fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(Buffer.from(authority.certificateDer).equals(certificate.raw)).toBe(true);
  expect(authority.expires).toEqual(certificate.validToDate);
  expect(authority.notices).toEqual([]);
  expect(authority.certificateFile).toBe(join(directory, 'sluice-ca.pem'));
  expect(await readFile(authority.certificateFile, 'utf8')).toBe(authority.certificatePem);
});

test('nothing that the authority shows is or holds the root’s key', async () => {
  const { authority, directory } = await tempAuthority();
  const stored = await readFile(keyFile(directory, 1), 'utf8');
  const secret = privateOctets(createPrivateKey(stored));
  const decoded = (text: string) => Buffer.from(text.replace(/-----.*?-----/g, ''), 'base64');
  expect(decoded(stored.slice(0, stored.indexOf('-----BEGIN CERTIFICATE'))).includes(secret)).toBe(true);
  const leaf = authority.leafFor('example.com');
  for (const pem of [authority.certificatePem, leaf.key, ...leaf.cert.split('-----END CERTIFICATE-----\n')]) {
    expect(decoded(pem).includes(secret)).toBe(false);
  }
  expect(Buffer.from(authority.certificateDer).includes(secret)).toBe(false);
  expect(Object.values(authority).some((value) => value instanceof KeyObject)).toBe(false);
});

test('folder 0700, key 0600', async () => {
  const { directory } = await tempAuthority();
  expect(await mode(directory)).toBe('700');
  expect(await mode(keyFile(directory, 1))).toBe('600');
});

test('the next start finds the same root and touches no file', async () => {
  const { authority, directory } = await tempAuthority(at(0));
  const before = await stat(keyFile(directory, 1));
  const again = await openAuthority({ directory, now: at(330), machineName: 'renamed' });
  expect(again.fingerprint).toBe(authority.fingerprint);
  expect(again.notices).toEqual([]);
  expect((await stat(keyFile(directory, 1))).mtimeMs).toBe(before.mtimeMs);
  expect(
    new X509Certificate(again.leafFor('a.example').cert).checkIssued(
      new X509Certificate(authority.certificatePem),
    ),
  ).toBe(true);
});

test.each([
  ['with 30 days left', 335, 'was about to end (2027-11-23)'],
  ['after its end', 400, 'ended (2027-11-23)'],
])('%s it is renewed, once, and both names are said', async (_when, days, words) => {
  const { authority, directory } = await tempAuthority(at(0));
  const renewed = await openAuthority({ directory, now: at(days), machineName: 'test machine' });
  expect(renewed.fingerprint).not.toBe(authority.fingerprint);
  expect(renewed.notices).toHaveLength(1);
  for (const part of [words, authority.commonName, renewed.commonName, 'install the new one']) {
    expect(renewed.notices[0]).toContain(part);
  }
  expect(renewed.expires).toEqual(at(days + 365)());
  expect(renewed.certificateFile).toBe(authority.certificateFile);
  expect(await readFile(renewed.certificateFile, 'utf8')).toBe(renewed.certificatePem);
  expect((await readdir(directory)).toSorted()).toEqual(['root-2.key.pem', 'sluice-ca.pem']);
  expect(await mode(keyFile(directory, 2))).toBe('600');
  const third = await openAuthority({ directory, now: at(days) });
  expect(third.fingerprint).toBe(renewed.fingerprint);
  expect(third.notices).toEqual([]);
});

test('with a minute more than 30 days left it is kept', async () => {
  const { authority, directory } = await tempAuthority(at(0));
  const later = await openAuthority({ directory, now: () => new Date(at(335)().getTime() - 60_000) });
  expect(later.fingerprint).toBe(authority.fingerprint);
});

test('a renewal that stopped half-way is finished by the next start', async () => {
  const { directory, authority } = await tempAuthority(at(0));
  const oldKey = await readFile(keyFile(directory, 1));
  const oldCopy = await readFile(certificateFile(directory));
  const renewed = await openAuthority({ directory, now: at(340) });
  await writeFile(keyFile(directory, 1), oldKey, { mode: 0o600 });
  await writeFile(certificateFile(directory), oldCopy);
  const next = await openAuthority({ directory, now: at(341) });
  expect(next.fingerprint).toBe(renewed.fingerprint);
  expect(next.fingerprint).not.toBe(authority.fingerprint);
  expect(await readFile(next.certificateFile, 'utf8')).toBe(next.certificatePem);
  expect((await readdir(directory)).toSorted()).toEqual(['root-2.key.pem', 'sluice-ca.pem']);
});

test('a lost copy of the certificate is written again from the key file', async () => {
  const { authority, directory } = await tempAuthority();
  await rm(certificateFile(directory));
  expect((await openAuthority({ directory })).fingerprint).toBe(authority.fingerprint);
  expect(await readFile(certificateFile(directory), 'utf8')).toBe(authority.certificatePem);
});

test('a key that others could read is closed, and the user is told', async () => {
  const { authority, directory } = await tempAuthority();
  await chmod(directory, 0o755);
  await chmod(keyFile(directory, 1), 0o644);
  const next = await openAuthority({ directory });
  expect(next.fingerprint).toBe(authority.fingerprint);
  expect(next.notices).toEqual([expect.stringContaining('Other users of this machine could read')]);
  expect(await mode(keyFile(directory, 1))).toBe('600');
  expect(await mode(directory)).toBe('700');
});

test('a folder that is there already, empty and wide open, is closed before a key is in it', async () => {
  const directory = join(await tempFolder(), 'authority');
  await mkdir(directory);
  await chmod(directory, 0o777);
  const authority = await openAuthority({ directory });
  expect(await mode(directory)).toBe('700');
  expect(await mode(keyFile(directory, 1))).toBe('600');
  expect(authority.notices).toEqual([]);
});

test.each([
  ['the key is gone', (directory: string) => rm(keyFile(directory, 1))],
  ['the key file is damaged', (directory: string) => writeFile(keyFile(directory, 1), 'x')],
  ['the certificate is damaged', (directory: string) => writeFile(certificateFile(directory), 'x')],
])('when %s it refuses and makes no other root', async (_what, damage) => {
  const { directory } = await tempAuthority();
  await damage(directory);
  const before = await readdir(directory);
  await expect(openAuthority({ directory })).rejects.toMatchObject({ code: 'authority-unreadable' });
  expect(await readdir(directory)).toEqual(before);
});

interface Opened {
  readonly fingerprint: string;
  readonly notices: number;
}

/** That many processes, all told to open the authority in the same instant. */
async function race(directory: string, now: Date, count: number): Promise<Opened[]> {
  const script = fileURLToPath(new URL('./testing/open-once.ts', import.meta.url));
  const starts = Array.from({ length: count }, () => {
    const child = spawn(process.execPath, [script, directory, now.toISOString()], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return { child, ready: once(child.stdout, 'data'), ended: once(child, 'close') };
  });
  await Promise.all(starts.map((start) => start.ready));
  const outputs = starts.map(async ({ child, ended }) => {
    let text = '';
    child.stdout.on('data', (data: Buffer) => {
      text += data.toString();
    });
    child.stdin.end('go\n');
    await ended;
    return JSON.parse(text) as Opened;
  });
  return Promise.all(outputs);
}

test('two processes that start at once end with one root, at the first start and at a renewal', async () => {
  const directory = join(await tempFolder(), 'authority');
  const first = await race(directory, START, 2);
  expect(new Set(first.map((opened) => opened.fingerprint)).size).toBe(1);
  expect((await readdir(directory)).toSorted()).toEqual(['root-1.key.pem', 'sluice-ca.pem']);

  const second = await race(directory, at(350)(), 2);
  expect(new Set(second.map((opened) => opened.fingerprint)).size).toBe(1);
  expect(second[0]?.fingerprint).not.toBe(first[0]?.fingerprint);
  expect(second.some((opened) => opened.notices === 1)).toBe(true);
  expect((await readdir(directory)).toSorted()).toEqual(['root-2.key.pem', 'sluice-ca.pem']);

  const now = await openAuthority({ directory, now: at(350) });
  expect(now.fingerprint).toBe(second[0]?.fingerprint);
  expect(await readFile(now.certificateFile, 'utf8')).toBe(now.certificatePem);
});

test('eight starts at once within one process too', async () => {
  const directory = join(await tempFolder(), 'authority');
  const all = await Promise.all(Array.from({ length: 8 }, () => openAuthority({ directory })));
  expect(new Set(all.map((authority) => authority.fingerprint)).size).toBe(1);
});
