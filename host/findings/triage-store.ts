/**
 * What people have said of findings, in a running host: read from its file, again whenever that is saved, and written when the workbench
 * says something. A file with faults changes nothing: what was said before stays in force, and the faults are told with their lines.
 */
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { AccountFilters } from '#model/account-filters.ts';
import { SluiceError } from '#model/errors.ts';
import { samePatterns, type Triage, TriageEntry, type TriageSubject, triager } from '#model/triage.ts';
import type { DataFolder } from '../data-folder.ts';
import { type Changes, createChanges } from '../rpc/changes.ts';
import { problemText } from './read-triage-file.ts';
import { type FileProblem, readTriage, TRIAGE_FILE, withEntry } from './triage-file.ts';

/** An editor's save is several events. */
const SETTLE_MS = 50;

/** Without a status and a severity: whatever was said of these patterns is taken back. */
export type Said = Pick<TriageEntry, 'check' | 'endpoint' | 'parameter'> & Partial<TriageEntry>;

export interface TriageStore extends AsyncDisposable {
  readonly file: string;
  readonly changes: Changes;
  readonly problems: readonly FileProblem[];
  readonly accounts: AccountFilters;
  /** What people should know of the file as it was at the start. */
  readonly notices: readonly string[];
  judge(subject: TriageSubject): Triage;
  /** @throws SluiceError `bad-findings` (the file has faults, or what is said has), `file-unwritable` */
  say(said: Said): Promise<void>;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '';
    throw new SluiceError('file-unreadable', `${file} cannot be read: check the path.`, { cause });
  }
}

async function writeText(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}.tmp`;
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, file);
  } catch (cause) {
    throw new SluiceError('file-unwritable', `${file} cannot be written: check the folder.`, { cause });
  }
}

/** The capture's own file, if it has one, else that of the data folder. */
export function triageFile(capture: string, folder: Pick<DataFolder, 'findings'>): string {
  const own = join(capture, TRIAGE_FILE);
  return existsSync(own) ? own : folder.findings;
}

/** Opens the file, which may not be there yet. @throws SluiceError `file-unreadable` */
export async function openTriage(path: string, now: () => number = Date.now): Promise<TriageStore> {
  const file = resolve(path);
  const changes = createChanges();
  let text = await readText(file);
  let entries: readonly TriageEntry[] = [];
  let problems: readonly FileProblem[] = [];
  let accounts: AccountFilters = {};
  let judge = triager(entries);

  function load(source: string): void {
    text = source;
    const read = readTriage(source);
    problems = read.ok ? [] : read.problems;
    if (!read.ok) return;
    ({ entries, accounts } = read);
    judge = triager(entries);
  }
  load(text);
  const notices =
    problems.length > 0 ? [`Nothing said of findings is in force: ${problemText(file, problems)}`] : [];

  let timer: NodeJS.Timeout | undefined;
  /** One reading or writing after the other. */
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
  const reload = async () => {
    const source = await readText(file).catch(() => undefined);
    if (source === undefined || source === text || closed) return;
    load(source);
    changes.ring();
  };
  let watcher: FSWatcher | undefined;
  try {
    // The folder, because editors replace the file.
    watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
      if (name !== null && name !== basename(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void inTurn(reload), SETTLE_MS);
    });
    watcher.on('error', () => watcher?.close());
  } catch {
    // A folder that is not there yet has no file that could change.
  }

  async function sayNow({ status, severity, reason, ...patterns }: Said): Promise<void> {
    await reload();
    if (problems.length > 0) throw new SluiceError('bad-findings', problemText(file, problems));
    // Fixed from now on: what is seen later is there again.
    const since = status === 'fixed' ? { since: now() } : {};
    const at = entries.findIndex((entry) => samePatterns(entry, patterns));
    const index = at < 0 ? undefined : at;
    let entry: TriageEntry | undefined;
    if (status !== undefined || severity !== undefined) {
      const words = Object.entries({ ...patterns, status, severity, reason: reason?.trim() || undefined });
      const checked = TriageEntry.safeParse({
        ...Object.fromEntries(words.filter(([, value]) => value !== undefined)),
        ...since,
      });
      if (!checked.success)
        throw new SluiceError('bad-findings', checked.error.issues[0]?.message ?? 'This cannot be said.');
      entry = checked.data;
    }
    const source = withEntry(text, index, entry);
    await writeText(file, source);
    load(source);
    changes.ring();
  }

  return {
    file,
    changes,
    notices,
    get problems() {
      return problems;
    },
    get accounts() {
      return accounts;
    },
    judge: (subject) => judge(subject),
    say: (said) => inTurn(() => sayNow(said)),
    async [Symbol.asyncDispose]() {
      closed = true;
      clearTimeout(timer);
      watcher?.close();
      await last;
    },
  };
}
