/** What a capture keeps, as options: their words on the command line, and the policy they mean. */
import { type Command, InvalidArgumentError } from 'commander';
import type { Retention } from '#model/contract/contract.ts';
import { count } from './numbers.ts';

export interface RetentionOptions {
  readonly keepAll?: boolean;
  readonly keepLast?: number;
  readonly keepSize?: number;
  readonly dropBodiesOver?: number;
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1024,
  mb: 1024 ** 2,
  gb: 1024 ** 3,
  tb: 1024 ** 4,
};

/** Bytes, as "2GB", "10 MB" or "4096"; units are of 1,024. */
export function byteCount(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?i?b?)$/i.exec(text.trim()) ?? [];
  const known = unit.toLowerCase().replace('i', '');
  const size = UNITS[known === '' || known.endsWith('b') ? known : `${known}b`];
  const bytes = Math.round(Number(digits) * (size ?? Number.NaN));
  if (digits === '' || !Number.isSafeInteger(bytes)) {
    throw new InvalidArgumentError('give a size, as 500MB or 2GB.');
  }
  return bytes;
}

function some(text: string): number {
  const value = count(text);
  if (value === 0) throw new InvalidArgumentError('give a number above 0.');
  return value;
}

/** The least that a capture with a limit can be kept at. */
const LEAST_BYTES = 8 * 1024 * 1024;

function captureSize(text: string): number {
  const bytes = byteCount(text);
  if (bytes < LEAST_BYTES) throw new InvalidArgumentError('give at least 8MB.');
  return bytes;
}

export const withRetentionOptions = (command: Command): Command =>
  command
    .option('--keep-last <n>', 'keep so many sessions; marked and commented ones are never dropped', some)
    .option('--keep-size <size>', 'keep the capture within this size on disk, as 2GB', captureSize)
    .option('--drop-bodies-over <size>', 'leave out bodies above this size, as 10MB', byteCount)
    .option('--keep-all', 'keep everything, whatever the capture was told before');

/** Undefined: as the capture was told before; a new one keeps everything. */
export function retentionOf(options: RetentionOptions): Retention | undefined {
  const { keepAll, keepLast, keepSize, dropBodiesOver } = options;
  const policy: Retention = {
    ...(keepLast === undefined ? {} : { keepLast }),
    ...(keepSize === undefined ? {} : { keepBytes: keepSize }),
    ...(dropBodiesOver === undefined ? {} : { dropBodiesOver }),
  };
  return Object.keys(policy).length === 0 && keepAll !== true ? undefined : policy;
}
