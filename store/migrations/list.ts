/**
 * The migrations in order, each from one version of the format to the next; the first makes a capture from nothing. Released ones are
 * never edited. Version 1 was of no release: its captures are refused, not converted.
 */
import { sql as initial } from './001-initial.ts';
import { sql as durable } from './002-durable.ts';
import { sql as process } from './003-process.ts';

export const MIGRATIONS: readonly string[] = [initial, durable, process];

/** `PRAGMA user_version` of the oldest captures this program opens. */
export const OLDEST_VERSION = 2;

/** `PRAGMA user_version` of a capture this program writes. */
export const CURRENT_VERSION = OLDEST_VERSION + MIGRATIONS.length - 1;
