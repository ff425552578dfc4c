import { readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { CURRENT_VERSION, MIGRATIONS, OLDEST_VERSION } from './list.ts';

it('lists every migration of this folder, numbered without gaps', () => {
  const numbers = readdirSync(import.meta.dirname)
    .map((name) => /^(\d{3})-[a-z-]+\.ts$/.exec(name)?.[1])
    .filter((number) => number !== undefined);
  expect(numbers.map(Number)).toEqual(MIGRATIONS.map((_, i) => i + 1));
  expect(CURRENT_VERSION).toBe(OLDEST_VERSION + MIGRATIONS.length - 1);
});

it('makes the tables, strict ones, from nothing', () => {
  using db = new DatabaseSync(':memory:');
  for (const sql of MIGRATIONS) db.exec(sql);
  const tables = db
    .prepare("SELECT name, strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite_%'")
    .all();
  expect(tables.map((table) => table.name).sort()).toEqual([
    'extents',
    'findings',
    'message_runs',
    'meta',
    'origins',
    'refs',
    'retired',
    'sessions',
    'sums',
    'texts',
  ]);
  expect(tables.every((table) => table.strict === 1)).toBe(true);
});
