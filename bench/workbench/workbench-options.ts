/** The command line of `npm run bench -- workbench`. */
import { parseArgs } from 'node:util';
import { UsageError } from '../options.ts';

export interface WorkbenchOptions {
  readonly help: boolean;
  /** In the capture, before anything is measured. */
  readonly sessions: number;
  /** Of the live feed, sessions a second. */
  readonly rate: number;
  /** How long the feed runs while the heap is watched. */
  readonly minutes: number;
  /** Where the section goes; undefined: it is printed. */
  readonly out: string | undefined;
  readonly command: string;
}

const USUAL = { sessions: 1_000_000, rate: 1000, minutes: 3 };

export const WORKBENCH_HELP = `npm run bench -- workbench [options]   measures the workbench in Chromium and writes a section of the report

  --sessions N     how many the capture holds; default ${USUAL.sessions} (some 3 GB on disk)
  --rate N         of the live feed, sessions a second; default ${USUAL.rate}
  --minutes N      how long the heap is watched under the feed; default ${USUAL.minutes}, an hour is 60
  --out FILE       put the section there; default: bench/RESULTS.md with the usual sessions and rate, else it is printed

CHROMIUM names the browser; default: the one on the PATH.`;

function positive(name: string, text: string | undefined, usual: number, most: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (!(value > 0) || value > most)
    throw new UsageError(`--${name} needs a number up to ${most}, not "${text}".`);
  return value;
}

/** @throws UsageError */
export function parseWorkbenchOptions(args: readonly string[], results: string): WorkbenchOptions {
  const text = { type: 'string' } as const;
  let values: Partial<Record<'sessions' | 'rate' | 'minutes' | 'out', string>> & { help?: boolean };
  try {
    values = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        sessions: text,
        rate: text,
        minutes: text,
        out: text,
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const sessions = Math.round(positive('sessions', values.sessions, USUAL.sessions, 100_000_000));
  const rate = positive('rate', values.rate, USUAL.rate, 100_000);
  const minutes = positive('minutes', values.minutes, USUAL.minutes, 24 * 60);
  const usual = sessions === USUAL.sessions && rate === USUAL.rate;
  const told = (['sessions', 'rate', 'minutes'] as const).flatMap((name) =>
    values[name] === undefined ? [] : [` --${name} ${Number(values[name])}`],
  );
  return {
    help: values.help ?? false,
    sessions,
    rate,
    minutes,
    out: values.out ?? (usual ? results : undefined),
    command: `npm run bench -- workbench${told.join('')}`,
  };
}
