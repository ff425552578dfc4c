/**
 * The root on disk. `root-N.key.pem` holds key and certificate together, so that one atomic `link` makes both appear or neither; the
 * newest N is the root. `sluice-ca.pem` is a copy of its certificate at a path that stays the same, for people and programs.
 *
 * Nothing is ever written over a key: a first root and a renewed one are both new names that only one process can take, so of two
 * starts at once the later finds the earlier's. What cannot be read is reported and left as it is.
 */
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { chmod, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '#model/errors.ts';
import type { Root } from './root-certificate.ts';
import { certificatePem } from './x509.ts';

export interface StoredRoot extends Root {
  readonly generation: number;
}

const CERTIFICATE_FILE = 'sluice-ca.pem';
const KEY_FILE = /^root-([1-9][0-9]{0,8})\.key\.pem$/;

export const certificateFile = (directory: string) => join(directory, CERTIFICATE_FILE);
export const keyFile = (directory: string, generation: number) =>
  join(directory, `root-${generation}.key.pem`);

/**
 * Makes the folder, for its owner alone; tightens it and its keys where others could read them.
 * @returns whether a key could have been read by others until now.
 * @throws SluiceError `data-folder` when it cannot be made.
 */
export async function secureFolder(directory: string): Promise<boolean> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const folderWasOpen = await tighten(directory, 0o700);
    let keyWasOpen = false;
    for (const generation of await generations(directory)) {
      keyWasOpen = (await tighten(keyFile(directory, generation), 0o600)) || keyWasOpen;
    }
    return folderWasOpen && keyWasOpen;
  } catch (error) {
    throw new SluiceError(
      'data-folder',
      `The folder for the root certificate, ${directory}, cannot be used (${reason(error)}); choose another with --data.`,
      { cause: error },
    );
  }
}

/** Windows has no such modes; there the folder inherits those of the user's profile. */
async function tighten(path: string, mode: number): Promise<boolean> {
  if (process.platform === 'win32') return false;
  try {
    if (((await stat(path)).mode & 0o077) === 0) return false;
    await chmod(path, mode);
    return true;
  } catch (error) {
    // A superseded key may be removed by another start in between.
    if (isMissing(error)) return false;
    throw error;
  }
}

/**
 * Every root there is, newest first; more than one only while a renewal is under way.
 * @throws SluiceError `authority-unreadable` when a part is missing, damaged or does not belong to the other.
 */
export async function readRoots(directory: string): Promise<StoredRoot[]> {
  // The copy is looked at before the keys: it is written after them, so a copy without a key is one that lost it.
  const copy = await readCopy(directory);
  const roots: StoredRoot[] = [];
  for (const generation of await generations(directory)) {
    roots.push({ generation, ...(await readRoot(directory, keyFile(directory, generation))) });
  }
  if (copy === undefined || roots.some((root) => pemOf(root) === copy)) return roots;
  const file = certificateFile(directory);
  throw unreadable(
    directory,
    roots.length === 0
      ? `The certificate ${file} is there but its key is not`
      : `The certificate ${file} does not belong to the key beside it`,
  );
}

/** Adds a root as that generation unless there is one already; read again to see which won. */
export async function addRoot(directory: string, generation: number, root: Root): Promise<void> {
  const text = `${root.key.export({ type: 'pkcs8', format: 'pem' })}${pemOf(root)}`;
  await throughNewFile(directory, text, 0o600, async (path) => {
    try {
      await link(path, keyFile(directory, generation));
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  });
}

/** Makes the copy that of the newest root, then removes the keys of older ones, which sign nothing any more. */
export async function publishNewest(directory: string, roots: readonly StoredRoot[]): Promise<void> {
  const [newest, ...older] = roots;
  if (newest === undefined) return;
  if ((await readCopy(directory)) !== pemOf(newest)) {
    await throughNewFile(directory, pemOf(newest), 0o644, (path) => rename(path, certificateFile(directory)));
  }
  for (const root of older) await rm(keyFile(directory, root.generation), { force: true });
}

const pemOf = (root: Root) => certificatePem(root.certificate.raw);

async function generations(directory: string): Promise<number[]> {
  const found = (await readdir(directory)).map((name) => Number(KEY_FILE.exec(name)?.[1] ?? 0));
  return found.filter((generation) => generation > 0).sort((a, b) => b - a);
}

async function readCopy(directory: string): Promise<string | undefined> {
  const file = certificateFile(directory);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(directory, `The certificate ${file} cannot be read (${reason(error)})`, error);
  }
}

async function readRoot(directory: string, file: string): Promise<Root> {
  try {
    const text = await readFile(file, 'utf8');
    const key = createPrivateKey(block(text, 'PRIVATE KEY'));
    const certificate = new X509Certificate(block(text, 'CERTIFICATE'));
    if (!certificate.ca || !certificate.checkPrivateKey(key) || !certificate.verify(certificate.publicKey)) {
      throw new TypeError('key and certificate do not belong together');
    }
    return { key, certificate };
  } catch (error) {
    throw unreadable(
      directory,
      `The root certificate's key file ${file} cannot be used (${reason(error)})`,
      error,
    );
  }
}

function block(text: string, label: string): string {
  const found = new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`).exec(text);
  if (!found) throw new TypeError(`it holds no ${label.toLowerCase()}`);
  return found[0];
}

/** A complete, flushed file under a name of its own is handed to `place`; that name is gone afterwards. */
async function throughNewFile(
  directory: string,
  text: string,
  mode: number,
  place: (path: string) => Promise<void>,
): Promise<void> {
  const path = join(directory, `.new-${randomUUID()}`);
  try {
    const file = await open(path, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(path);
  } catch (error) {
    throw new SluiceError(
      'data-folder',
      `The root certificate cannot be written to ${directory} (${reason(error)}); make room there or choose another folder with --data.`,
      { cause: error },
    );
  } finally {
    await rm(path, { force: true });
  }
}

function unreadable(directory: string, what: string, cause?: unknown): SluiceError {
  const advice = `restore the folder ${directory} from a backup, or move it away and start again to get a new root, which then has to be trusted anew.`;
  return new SluiceError('authority-unreadable', `${what}; ${advice}`, { cause });
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
const hasCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code;
const isMissing = (error: unknown) => hasCode(error, 'ENOENT');
