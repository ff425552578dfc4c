import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { encodeMobileConfig, encodePkcs12, PKCS12_PASSWORD, type PublicRoot, xml } from './encode-root.ts';
import { hasProgram, memoryAuthority, run, tempFolder } from './testing/temp-authority.ts';

let root: PublicRoot;
let secret: Buffer;
beforeAll(async () => {
  ({ authority: root, secret } = await memoryAuthority('Sluice CA (R&D <lab> ✓, 2026-11-23)'));
});

async function pkcs12File(): Promise<string> {
  const file = join(await tempFolder(), 'sluice.p12');
  await writeFile(file, encodePkcs12(root));
  return file;
}

test('openssl reads the PKCS#12: its checksum, the certificate, and no key', async () => {
  const file = await pkcs12File();
  const pass = `pass:${PKCS12_PASSWORD}`;
  const { stdout, stderr } = await run('openssl', [
    'pkcs12',
    '-in',
    file,
    '-passin',
    pass,
    '-nodes',
    '-info',
  ]);
  expect(stdout).toContain(root.certificatePem.trim());
  expect(stdout).toContain('friendlyName: Sluice CA (R&D <lab> ');
  expect(stderr).toContain('MAC: sha1, Iteration 2048');
  expect(stdout + stderr).not.toMatch(/PRIVATE KEY|Keybag/);
  await expect(run('openssl', ['pkcs12', '-in', file, '-passin', 'pass:wrong'])).rejects.toThrow(
    'Mac verify error',
  );
});

test.skipIf(!hasProgram('keytool'))('Java takes it for a trusted certificate', async () => {
  const file = await pkcs12File();
  const { stdout } = await run('keytool', [
    '-J-Duser.language=en',
    '-list',
    '-keystore',
    file,
    '-storepass',
    PKCS12_PASSWORD,
  ]);
  expect(stdout).toContain('Your keystore contains 1 entry');
  expect(stdout).toContain('trustedCertEntry');
  expect(stdout).toContain(root.fingerprint);
});

/** Python's own property-list reader, a second opinion on the profile. */
async function plist(text: string): Promise<unknown> {
  const file = join(await tempFolder(), 'sluice.mobileconfig');
  await writeFile(file, text);
  const code =
    'import json,plistlib,sys;print(json.dumps(plistlib.load(open(sys.argv[1],"rb")),default=lambda b:b.hex()))';
  return JSON.parse((await run('python3', ['-c', code, file])).stdout);
}

test.skipIf(!hasProgram('python3'))(
  'the Apple profile is a property list that installs this certificate',
  async () => {
    const uuid = expect.stringMatching(
      /^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/,
    );
    const profile = await plist(encodeMobileConfig(root));
    expect(profile).toMatchObject({
      PayloadType: 'Configuration',
      PayloadVersion: 1,
      PayloadIdentifier: 'sluice.root',
      PayloadDisplayName: root.commonName,
      PayloadRemovalDisallowed: false,
      PayloadUUID: uuid,
      PayloadContent: [
        {
          PayloadType: 'com.apple.security.root',
          PayloadVersion: 1,
          PayloadUUID: uuid,
          PayloadContent: Buffer.from(root.certificateDer).toString('hex'),
        },
      ],
    });
  },
);

test('the profile’s two identifiers differ, and change with the certificate alone', () => {
  const uuids = (of: PublicRoot) =>
    encodeMobileConfig(of).match(/[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}/g);
  const mine = uuids(root);
  expect(new Set(mine).size).toBe(2);
  expect(uuids({ ...root, commonName: 'other' })).toEqual(mine);
  expect(uuids({ ...root, fingerprint: 'AA:BB' })).not.toEqual(mine);
});

test('the same certificate gives the same bytes', () => {
  const digest = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
  expect(digest(encodePkcs12(root))).toBe(digest(encodePkcs12(root)));
  expect(digest(encodeMobileConfig(root))).toBe(digest(encodeMobileConfig(root)));
});

test('no form holds a part of the private key', () => {
  const profile = encodeMobileConfig(root);
  const data = Buffer.from(/<data>(.*)<\/data>/.exec(profile)?.[1] ?? '', 'base64');
  expect(data.equals(root.certificateDer)).toBe(true);
  expect(data.includes(secret)).toBe(false);
  expect(Buffer.from(encodePkcs12(root)).includes(secret)).toBe(false);
});

test('XML keeps its special characters as text', () => {
  expect(xml(`<a b="c" d='e'>&amp;`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;');
  expect(encodeMobileConfig(root)).toContain('Sluice CA (R&amp;D &lt;lab&gt; ✓, 2026-11-23)');
});
