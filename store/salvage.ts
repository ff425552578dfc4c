/**
 * A second index made from one that cannot be used as it is: of an older format and opened for reading, or damaged. Rows are copied as far
 * as they can be read, what lies between is found by halving, and the first index is not touched.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { MIGRATIONS, OLDEST_VERSION } from './migrations/list.ts';
import { rowFromDb, SELECT_ROWS } from './row-codec.ts';

/** Above this no id is looked for: they are counted from 1. */
const HIGHEST = 2 ** 40;
/** So often is a range of a table halved at most: where much is damaged the rest of the range is given up. */
const MOST_TRIES = 5000;

interface Table {
  readonly name: string;
  /** The column that rows are found by. */
  readonly key: string;
}

const TABLES: readonly Table[] = [
  { name: 'texts', key: 'id' },
  { name: 'origins', key: 'id' },
  { name: 'sessions', key: 'id' },
  { name: 'extents', key: 'session' },
  { name: 'message_runs', key: 'session' },
  { name: 'findings', key: 'session' },
  { name: 'sums', key: 'segment' },
  { name: 'refs', key: 'segment' },
];

/** Keys, both ends included. */
interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Salvaged {
  /** Ranges of keys by table in which something could not be read. */
  readonly lost: readonly ({ readonly table: string } & Range)[];
  /** Sessions whose rows made no sense. */
  readonly senseless: readonly number[];
}

const columnsOf = (db: DatabaseSync, schema: string, table: string): string[] =>
  db
    .prepare('SELECT name FROM pragma_table_info(?, ?)')
    .all(table, schema)
    .map(({ name }) => String(name));

/**
 * Fills `target`, an empty database, from the index at `url`, which may be damaged and of any version we know.
 * @throws what SQLite says when there is no index at all
 */
export function salvage(target: DatabaseSync, url: string): Salvaged {
  for (const sql of MIGRATIONS) target.exec(sql);
  target.exec(`PRAGMA user_version = ${OLDEST_VERSION + MIGRATIONS.length - 1}`);
  target.prepare('ATTACH ? AS old').run(url);
  const lost: ({ table: string } & Range)[] = [];
  target.exec('BEGIN; DELETE FROM texts');
  for (const { name, key } of TABLES) {
    const present = new Set(columnsOf(target, 'old', name));
    const columns = columnsOf(target, 'main', name).filter((column) => present.has(column));
    // A table that this version did not have, or whose definition is gone.
    if (!present.has(key)) continue;
    const list = columns.join(', ');
    const copy = target.prepare(
      `INSERT OR REPLACE INTO main.${name} (${list}) SELECT ${list} FROM old.${name} WHERE ${key} BETWEEN ? AND ?`,
    );
    for (const range of copyRanges(copy)) lost.push({ table: name, ...range });
  }
  target.exec("INSERT OR IGNORE INTO texts VALUES (0, '')");
  const senseless = dropSenseless(target);
  keepMeta(target);
  target.exec('COMMIT; DETACH old');
  return { lost, senseless };
}

/** Copies everything, halving what cannot be copied down to single keys; answers the ranges that could not. */
function copyRanges(copy: StatementSync): Range[] {
  const lost: Range[] = [];
  const waiting: Range[] = [{ from: 0, to: HIGHEST }];
  for (let tries = 0; ; ) {
    const range = waiting.pop();
    if (range === undefined) return lost;
    const { from, to } = range;
    try {
      copy.run(from, to);
    } catch {
      tries += 1;
      const middle = Math.floor((from + to) / 2);
      if (from === to || tries > MOST_TRIES) lost.push(range);
      else waiting.push({ from: middle + 1, to }, { from, to: middle });
    }
  }
}

/** Takes sessions out that no list could show. */
function dropSenseless(db: DatabaseSync): number[] {
  const senseless: number[] = [];
  for (const row of db.prepare(SELECT_ROWS).iterate()) {
    try {
      rowFromDb(row);
    } catch {
      senseless.push(Number(row.id));
    }
  }
  const drop = db.prepare('DELETE FROM sessions WHERE id = ?');
  for (const id of senseless) drop.run(id);
  return senseless;
}

/** Counts are taken from what is there; the highest id ever used is kept where it is known. */
function keepMeta(db: DatabaseSync): void {
  try {
    db.exec("INSERT OR REPLACE INTO main.meta SELECT key, value FROM old.meta WHERE typeof(value) = 'integer'");
  } catch {
    // Then from zero.
  }
  db.exec(`
    INSERT OR REPLACE INTO meta VALUES
      ('sessions', (SELECT count(*) FROM sessions)),
      ('decrypted', (SELECT count(*) FROM sessions WHERE source = 0 AND kind <> 2 AND state = 1
        AND origin IN (SELECT id FROM origins WHERE scheme = 'https'))),
      ('findings', (SELECT count(*) FROM findings)),
      ('untracked', (SELECT ifnull(max(id), 0) FROM sessions)),
      ('last_session', max((SELECT ifnull(max(id), 0) FROM sessions),
        (SELECT value FROM meta WHERE key = 'last_session')));
  `);
}
