/** The command line of `npm run bench -- store`. */
import { parseArgs } from 'node:util';
import { UsageError } from '../options.ts';

export interface StoreOptions {
  readonly help: boolean;
  /** Rising. */
  readonly sizes: readonly number[];
  /** Where the section goes; undefined: it is printed. */
  readonly out: string | undefined;
  readonly command: string;
}

export const FULL_SIZES = [10_000, 100_000, 1_000_000];

export const STORE_HELP = `npm run bench -- store [options]   measures captures of many sessions and writes a section of the report

  --sizes a,b      how many sessions; default ${FULL_SIZES.join(',')} (some 5 GB on disk, a quarter of an hour)
  --out FILE       put the section there; default: bench/RESULTS.md when all sizes are measured, else it is printed`;

/** @throws UsageError */
export function parseStoreOptions(args: readonly string[], results: string): StoreOptions {
  let values: { help?: boolean | undefined; sizes?: string | undefined; out?: string | undefined };
  try {
    values = parseArgs({
      args: [...args],
      options: { help: { type: 'boolean', short: 'h' }, sizes: { type: 'string' }, out: { type: 'string' } },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const sizes = (values.sizes ?? FULL_SIZES.join(',')).split(',').map((text) => Number(text.trim()));
  if (sizes.some((size, i) => !Number.isSafeInteger(size) || size < 1000 || size <= (sizes[i - 1] ?? 0))) {
    throw new UsageError(`--sizes needs rising numbers from 1000 on, not "${values.sizes}".`);
  }
  const all = FULL_SIZES.every((size) => sizes.includes(size));
  return {
    help: values.help ?? false,
    sizes,
    out: values.out ?? (all ? results : undefined),
    command: `npm run bench -- store${values.sizes === undefined ? '' : ` --sizes ${sizes.join(',')}`}`,
  };
}
