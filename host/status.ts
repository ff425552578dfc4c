/** The running figures of the status bar: what the capture holds, how fast it grows, what the program takes of the machine. */
import type { AppStatus, CheckStatus } from '#model/contract/contract.ts';
import type { CaptureStore, StoreTotals } from '#store/capture-store.ts';
import { type Changes, createChanges } from './rpc/changes.ts';

const TICK_MS = 1000;
/** Ticks over which the rate is taken. */
const WINDOW = 3;
/** Ticks between two looks at what room is left. */
const FREE_EVERY = 5;

export interface StatusMeter extends Disposable {
  /** Rings at most once a second while only the figures change, and at once when capturing is switched. */
  readonly changes: Changes;
  now(): AppStatus;
  setCapturing(capturing: boolean): void;
  readonly capturing: boolean;
}

export interface MeterOptions {
  readonly store: Pick<CaptureStore, 'onChange'>;
  readonly totals: StoreTotals;
  /** How many sessions have begun in this run. */
  readonly begun: () => number;
  readonly checks: () => CheckStatus;
  /** Bytes left where the capture is; asked now and then. */
  readonly free?: () => Promise<number | undefined>;
}

/** Begins to measure. */
export function startStatusMeter({ store, totals, begun, checks, free }: MeterOptions): StatusMeter {
  const changes = createChanges();
  let newest = totals;
  let capturing = true;
  let samples: readonly number[] = [begun()];
  let rate = 0;
  let memory = process.memoryUsage.rss();
  let freeBytes: number | undefined;
  let ticks = 0;
  const look = () => {
    free?.().then(
      (bytes) => {
        freeBytes = bytes;
      },
      () => undefined,
    );
  };
  look();

  const subscription = store.onChange((change) => {
    newest = change.totals;
    changes.ring();
  });
  const timer = setInterval(() => {
    samples = [...samples, begun()].slice(-WINDOW - 1);
    rate = ((samples.at(-1) ?? 0) - (samples[0] ?? 0)) / ((samples.length - 1) * (TICK_MS / 1000));
    memory = process.memoryUsage.rss();
    ticks += 1;
    if (ticks % FREE_EVERY === 0) look();
    changes.ring();
  }, TICK_MS);
  // The meter alone is no reason to go on.
  timer.unref();

  return {
    changes,
    get capturing() {
      return capturing;
    },
    setCapturing(value) {
      capturing = value;
      changes.ring();
    },
    now: () => ({
      capturing,
      sessions: newest.sessions,
      active: newest.active,
      perSecond: rate,
      findings: newest.findings,
      memoryBytes: memory,
      diskBytes: newest.diskBytes,
      ...(freeBytes === undefined ? {} : { freeBytes }),
      decrypted: newest.decrypted,
      checks: checks(),
      losses: newest.losses,
      retention: newest.retention,
    }),
    [Symbol.dispose]() {
      clearInterval(timer);
      subscription[Symbol.dispose]();
    },
  };
}
