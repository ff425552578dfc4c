/** The migrations in order: number n takes a capture from version n-1 to n. Released ones are never edited. */
import { sql as initial } from './001-initial.ts';

export const MIGRATIONS: readonly string[] = [initial];

/** `PRAGMA user_version` of a capture this program writes. */
export const CURRENT_VERSION = MIGRATIONS.length;
