import { X509Certificate } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { newRoot, type Root } from './root-certificate.ts';
import { addRoot, certificateFile, keyFile, publishNewest, readRoots, secureFolder } from './root-files.ts';
import { tempFolder } from './testing/temp-authority.ts';

let one: Root;
let two: Root;
beforeAll(async () => {
  [one, two] = await Promise.all([newRoot('one', new Date()), newRoot('two', new Date())]);
});

const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const names = async (folder: string) => (await readdir(folder)).toSorted();

/** A folder that holds these roots, the first as generation 1, and no copy yet. */
async function folderWith(...roots: Root[]): Promise<string> {
  const folder = join(await tempFolder(), 'authority');
  await secureFolder(folder);
  for (const [index, root] of roots.entries()) await addRoot(folder, index + 1, root);
  return folder;
}

test('a root that was added is read back, key and certificate', async () => {
  const folder = await folderWith(one);
  const [read, ...more] = await readRoots(folder);
  expect(more).toEqual([]);
  expect(read?.generation).toBe(1);
  expect(read?.certificate.fingerprint256).toBe(one.certificate.fingerprint256);
  expect(read?.key.equals(one.key)).toBe(true);
});

test('an empty folder holds none, and other files in it are left alone', async () => {
  const folder = await folderWith();
  await writeFile(join(folder, 'notes.txt'), 'mine');
  await writeFile(join(folder, 'root-0.key.pem'), 'not one of ours');
  expect(await readRoots(folder)).toEqual([]);
  await publishNewest(folder, []);
  expect(await names(folder)).toEqual(['notes.txt', 'root-0.key.pem']);
});

test('a generation is taken once: the second root changes nothing and leaves nothing behind', async () => {
  const folder = await folderWith(one);
  const before = await readFile(keyFile(folder, 1), 'utf8');
  await addRoot(folder, 1, two);
  expect(await readFile(keyFile(folder, 1), 'utf8')).toBe(before);
  expect(await names(folder)).toEqual(['root-1.key.pem']);
});

test('of two generations the newer is first; publishing it replaces the copy and removes the older key', async () => {
  const folder = await folderWith(one);
  await publishNewest(folder, await readRoots(folder));
  expect(await readFile(certificateFile(folder), 'utf8')).toBe(one.certificate.toString());
  await addRoot(folder, 2, two);
  const roots = await readRoots(folder);
  expect(roots.map((root) => root.generation)).toEqual([2, 1]);
  await publishNewest(folder, roots);
  expect(await readFile(certificateFile(folder), 'utf8')).toBe(two.certificate.toString());
  expect(await names(folder)).toEqual(['root-2.key.pem', 'sluice-ca.pem']);
});

test('generation 10 is newer than 9', async () => {
  const folder = await folderWith();
  await addRoot(folder, 9, one);
  await addRoot(folder, 10, two);
  expect((await readRoots(folder)).map((root) => root.generation)).toEqual([10, 9]);
});

test('the copy never holds the key', async () => {
  const folder = await folderWith(one);
  await publishNewest(folder, await readRoots(folder));
  const text = await readFile(certificateFile(folder), 'utf8');
  expect(text).not.toContain('PRIVATE');
  expect(new X509Certificate(text).fingerprint256).toBe(one.certificate.fingerprint256);
});

test('folder 0700 and key 0600 even under a permissive umask, the copy readable', async () => {
  const old = process.umask(0);
  try {
    const folder = await folderWith(one);
    await publishNewest(folder, await readRoots(folder));
    expect(await mode(folder)).toBe('700');
    expect(await mode(keyFile(folder, 1))).toBe('600');
    expect(await mode(certificateFile(folder))).toBe('644');
  } finally {
    process.umask(old);
  }
});

test('a folder and keys that others could read are tightened, and that is said', async () => {
  const folder = await folderWith(one, two);
  expect(await secureFolder(folder)).toBe(false);
  await chmod(folder, 0o755);
  await chmod(keyFile(folder, 2), 0o644);
  expect(await secureFolder(folder)).toBe(true);
  expect(await mode(folder)).toBe('700');
  expect(await mode(keyFile(folder, 2))).toBe('600');
  expect(await secureFolder(folder)).toBe(false);
});

test('an open key in a closed folder, or an open folder with closed keys, was not readable by others', async () => {
  const folder = await folderWith(one);
  await chmod(keyFile(folder, 1), 0o666);
  expect(await secureFolder(folder)).toBe(false);
  expect(await mode(keyFile(folder, 1))).toBe('600');
  await chmod(folder, 0o777);
  expect(await secureFolder(folder)).toBe(false);
  expect(await mode(folder)).toBe('700');
});

const damages: [string, (folder: string) => Promise<void>, RegExp][] = [
  ['an empty key file', (folder) => writeFile(keyFile(folder, 1), ''), /holds no private key/],
  [
    'a key file that is no text',
    (folder) => writeFile(keyFile(folder, 1), Buffer.alloc(500, 0xff)),
    /holds no private key/,
  ],
  [
    'a key file cut short',
    async (folder) => {
      const text = await readFile(keyFile(folder, 1), 'utf8');
      await writeFile(keyFile(folder, 1), text.slice(0, text.indexOf('-----END CERTIFICATE')));
    },
    /holds no certificate/,
  ],
  [
    'a key that is not the certificate’s',
    (folder) =>
      writeFile(
        keyFile(folder, 1),
        `${two.key.export({ type: 'pkcs8', format: 'pem' })}${one.certificate.toString()}`,
      ),
    /do not belong together/,
  ],
  [
    'a copy that is no certificate',
    (folder) => writeFile(certificateFile(folder), 'garbage'),
    /does not belong to the key/,
  ],
  [
    'another’s certificate as copy',
    (folder) => writeFile(certificateFile(folder), two.certificate.toString()),
    /does not belong/,
  ],
  ['a folder in the key’s place', (folder) => mkdir(keyFile(folder, 2)), /cannot be used/],
];

test.each(damages)('%s is reported with what to do, and left as it is', async (_what, damage, message) => {
  const folder = await folderWith(one);
  await publishNewest(folder, await readRoots(folder));
  await damage(folder);
  const before = await snapshot(folder);
  const error = await readRoots(folder).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: 'authority-unreadable', message: expect.stringMatching(message) });
  expect(String(error)).toContain('restore the folder');
  expect(await snapshot(folder)).toEqual(before);
});

test('a certificate without its key is reported', async () => {
  const folder = await folderWith();
  await writeFile(certificateFile(folder), one.certificate.toString());
  await expect(readRoots(folder)).rejects.toMatchObject({
    code: 'authority-unreadable',
    message: expect.stringContaining('its key is not'),
  });
});

test('a folder that cannot be made or written is a fault of the data folder', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'file'), '');
  await expect(secureFolder(join(folder, 'file', 'authority'))).rejects.toMatchObject({
    code: 'data-folder',
  });
  await expect(addRoot(join(folder, 'missing'), 1, one)).rejects.toMatchObject({ code: 'data-folder' });
});

async function snapshot(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of await names(folder)) {
    const isFile = (await stat(join(folder, name))).isFile();
    found[name] = isFile ? (await readFile(join(folder, name))).toString('base64') : 'folder';
  }
  return found;
}
