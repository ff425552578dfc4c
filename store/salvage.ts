/**
 * A second index made from one that cannot be used as it is: of an older format and opened for reading, or damaged. Rows are copied as far
 * as they can be read, what lies between is found by halving, and the first index is not touched.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { MIGRATIONS, OLDEST_VERSION } from './migrations/list.ts';
import { type DbRow, rowFromDb, SELECT_ROWS } from './row-codec.ts';
import { DECRYPTED } from './totals.ts';

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

const columnsOf = (db: DatabaseSync, table: string, schema = 'main'): string[] =>
  db
    .prepare('SELECT name FROM pragma_table_info(?, ?)')
    .all(table, schema)
    .map(({ name }) => String(name));

/** The columns that both have; none where the other has no such table, or its definition is gone. */
function commonColumns(target: DatabaseSync, others: readonly string[], { name, key }: Table): string[] {
  const present = new Set(others);
  return present.has(key) ? columnsOf(target, name).filter((column) => present.has(column)) : [];
}

/** Makes an empty index of our version in an empty database. */
function begin(target: DatabaseSync): void {
  for (const sql of MIGRATIONS) target.exec(sql);
  target.exec(`PRAGMA user_version = ${OLDEST_VERSION + MIGRATIONS.length - 1}; DELETE FROM texts`);
}

/**
 * Fills `target`, an empty database, from the index at `url`, which is whole and of any version we know.
 * @throws what SQLite says
 */
export function copyIndex(target: DatabaseSync, url: string): void {
  begin(target);
  target.prepare('ATTACH ? AS old').run(url);
  target.exec('BEGIN');
  for (const table of TABLES) {
    const list = commonColumns(target, columnsOf(target, table.name, 'old'), table).join(', ');
    if (list !== '')
      target.exec(`INSERT INTO main.${table.name} (${list}) SELECT ${list} FROM old.${table.name}`);
  }
  const meta = target.prepare('SELECT key, value FROM old.meta').all();
  target.exec('COMMIT; DETACH old');
  finish(target, meta);
}

/**
 * The same from one that is damaged: what of it can be read.
 * @throws what SQLite says when there is no index at all
 */
export function salvage(target: DatabaseSync, url: URL): Salvaged {
  // A connection of its own: one that has met damage is of no use for writing.
  using source = new DatabaseSync(url, { readOnly: true });
  begin(target);
  const lost: ({ table: string } & Range)[] = [];
  target.exec('BEGIN');
  for (const table of TABLES) {
    const columns = commonColumns(target, columnsOf(source, table.name), table);
    if (columns.length === 0) continue;
    for (const range of copyRows(target, source, table, columns)) lost.push({ table: table.name, ...range });
  }
  target.exec('COMMIT');
  const senseless = dropSenseless(target);
  finish(target, readMeta(source));
  return { lost, senseless };
}

/** Copies rows, halving the ranges of keys that cannot be read down to single keys; answers those that could not. */
function copyRows(
  target: DatabaseSync,
  source: DatabaseSync,
  { name, key }: Table,
  columns: readonly string[],
): Range[] {
  const select = source.prepare(
    `SELECT ${columns.join(', ')} FROM ${name} WHERE ${key} BETWEEN ? AND ? ORDER BY ${key}`,
  );
  const insert = target.prepare(
    `INSERT OR REPLACE INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const lost: Range[] = [];
  const waiting: Range[] = [{ from: 0, to: HIGHEST }];
  for (let tries = 0; ; ) {
    const range = waiting.pop();
    if (range === undefined) return lost;
    const { to } = range;
    let { from } = range;
    try {
      for (const row of select.iterate(from, to)) {
        put(insert, columns, row);
        from = Number(row[key]) || from;
      }
    } catch {
      tries += 1;
      const middle = Math.floor((from + to) / 2);
      if (from >= to || tries > MOST_TRIES) lost.push({ from, to });
      else waiting.push({ from: middle + 1, to }, { from, to: middle });
    }
  }
}

/** A row that breaks a rule of our tables is as good as lost. */
function put(insert: StatementSync, columns: readonly string[], row: DbRow): void {
  try {
    insert.run(...columns.map((column) => row[column] ?? null));
  } catch {
    // What it belongs to is then found to be missing.
  }
}

function readMeta(source: DatabaseSync): DbRow[] {
  try {
    return source.prepare("SELECT key, value FROM meta WHERE typeof(value) = 'integer'").all();
  } catch {
    // Then from zero.
    return [];
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
function finish(db: DatabaseSync, meta: readonly DbRow[]): void {
  const put = db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)');
  for (const { key, value } of meta) put.run(String(key), Number(value));
  db.exec(`
    INSERT OR IGNORE INTO texts VALUES (0, '');
    INSERT OR REPLACE INTO meta VALUES
      ('sessions', (SELECT count(*) FROM sessions)),
      ('decrypted', (SELECT count(*) FROM sessions WHERE ${DECRYPTED})),
      ('findings', (SELECT count(*) FROM findings)),
      ('untracked', (SELECT ifnull(max(id), 0) FROM sessions)),
      ('last_session', max((SELECT ifnull(max(id), 0) FROM sessions),
        (SELECT value FROM meta WHERE key = 'last_session')));
  `);
}
