/**
 * The index of a capture that is only read. One of an older version, or a damaged one, is read from a copy beside it that nobody sees: the
 * capture itself is not touched, and what could not be copied is said.
 */
import { copyFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { SluiceError } from '#model/errors.ts';
import {
  checkFolder,
  checkIndex,
  indexPath,
  isCutShort,
  isImmutable,
  openReader,
  toldSize,
  userVersion,
} from './database.ts';
import { CURRENT_VERSION } from './migrations/list.ts';
import { copyIndex, type Salvaged, salvage } from './salvage.ts';

export interface ReadingIndex extends Disposable {
  readonly db: DatabaseSync;
  /** Whether it is a copy: changes of the capture are not seen. */
  readonly copied: boolean;
  /** What people should know, a sentence each. */
  readonly notices: readonly string[];
}

const plain = (db: DatabaseSync): ReadingIndex => ({
  db,
  copied: false,
  notices: [],
  [Symbol.dispose]: () => db.close(),
});

/** How to reach the index of a capture from another connection. */
export function indexUrl(folder: string): URL {
  const url = pathToFileURL(indexPath(folder));
  url.search = isImmutable(folder) ? '?mode=ro&immutable=1' : '?mode=ro';
  return url;
}

/** Ranges that follow on each other as one. */
function joined(ranges: Salvaged['lost']): { from: number; to: number }[] {
  const result: { from: number; to: number }[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && from <= last.to + 1) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

/** What was lost, in a sentence; nothing when nothing was. */
export function lossText({ lost, senseless }: Salvaged): string[] {
  const sessions = lost.filter(({ table }) => table === 'sessions');
  const others = [...new Set(lost.map(({ table }) => table))].filter((table) => table !== 'sessions');
  const ranges = joined(sessions).map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`));
  const parts = [
    ...(ranges.length === 0
      ? []
      : [`sessions in ${ranges.length} places (${ranges.slice(0, 5).join(', ')})`]),
    ...(senseless.length === 0 ? [] : [`${senseless.length} sessions whose rows make no sense`]),
    ...others.map((table) => `some of ${table.replace('_', ' ')}`),
  ];
  return parts.length === 0 ? [] : [`could not be read: ${parts.join('; ')}`];
}

/**
 * Opens the index without the right to write.
 * @throws SluiceError as `checkCapture`, when there is nothing to be saved
 */
export function openReadingIndex(folder: string): ReadingIndex {
  checkFolder(folder);
  let problem: SluiceError | undefined;
  try {
    checkIndex(folder);
    const db = openReader(folder);
    if (userVersion(db) === CURRENT_VERSION) return plain(db);
    db.close();
  } catch (error) {
    if (!(error instanceof SluiceError && error.code === 'capture-damaged')) throw error;
    problem = error;
  }
  return openCopy(folder, problem);
}

/** Salvages a capture's index; SQLite reads one that was cut short only when it has its full length. */
export function salvageIndex(target: DatabaseSync, folder: string): Salvaged {
  if (!isCutShort(folder)) return salvage(target, indexUrl(folder));
  const place = mkdtempSync(join(tmpdir(), 'sluice-index-'));
  try {
    const padded = join(place, 'padded.db');
    copyFileSync(indexPath(folder), padded);
    truncateSync(padded, toldSize(folder));
    return salvage(target, pathToFileURL(padded));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function openCopy(folder: string, problem: SluiceError | undefined): ReadingIndex {
  const place = mkdtempSync(join(tmpdir(), 'sluice-index-'));
  let db: DatabaseSync | undefined;
  try {
    const copy = new DatabaseSync(join(place, 'index.db'));
    db = copy;
    copy.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
    const notices: string[] = [];
    if (problem === undefined) copyIndex(copy, indexUrl(folder).href);
    else {
      const lost = lossText(salvageIndex(copy, folder));
      notices.push(
        `What is whole is shown: ${problem.message.replace(/\s*\n\s*/g, ' ')}${lost.map((text) => ` From its index ${text}.`).join('')}`,
      );
    }
    return {
      db: copy,
      copied: true,
      notices,
      [Symbol.dispose]: () => {
        copy.close();
        rmSync(place, { recursive: true, force: true });
      },
    };
  } catch (error) {
    db?.close();
    rmSync(place, { recursive: true, force: true });
    throw problem ?? error;
  }
}
