/**
 * The workbench's small choices, kept in the data folder so that they outlive the run: a page's own storage does not, because each run
 * serves it from another port. It checks names and lengths and gives the values no meaning.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { Preferences } from '#model/contract/contract.ts';
import { SluiceError } from '#model/errors.ts';
import { type Changes, createChanges } from './rpc/changes.ts';

const MOST = 200;

export interface PreferenceStore {
  readonly changes: Changes;
  now(): Preferences;
  /** Resolves when it is on disk. @throws SluiceError `too-large` beyond 200 names, `file-unwritable`. */
  set(name: string, value: string): Promise<void>;
}

/** Reads `file`; one that is missing or damaged counts as empty, and is written anew with the next choice. */
export async function openPreferences(file: string): Promise<PreferenceStore> {
  const changes = createChanges();
  let values = await read(file);
  let writing = Promise.resolve();

  async function write(): Promise<void> {
    const temporary = `${file}.${process.pid}`;
    try {
      await writeFile(temporary, JSON.stringify(values, null, 2), { mode: 0o600 });
      await rename(temporary, file);
    } catch (cause) {
      throw new SluiceError('file-unwritable', `${file} cannot be written: the choice lasts for this run.`, {
        cause,
      });
    }
  }

  return {
    changes,
    now: () => values,
    set(name, value) {
      if (values[name] === value) return writing;
      if (!Object.hasOwn(values, name) && Object.keys(values).length >= MOST)
        return Promise.reject(new SluiceError('too-large', `At most ${MOST} preferences are kept.`));
      values = { ...values, [name]: value };
      changes.ring();
      // One after the other; a failed one does not keep the next from trying.
      writing = writing.catch(() => undefined).then(write);
      return writing;
    },
  };
}

async function read(file: string): Promise<Preferences> {
  try {
    return Preferences.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}
