/**
 * Gives finished sessions to the security checks and puts what they find into the capture. Always behind the traffic, never in its way:
 * a few sessions are checked at a time, fewer while the thread that forwards traffic is busy; waiting ones are ids and nothing more, and
 * when even those are too many, only the range they span is kept. It skips nothing: after a burst it catches up.
 */
import { performance } from 'node:perf_hooks';
import type { CheckStatus } from '#model/contract/contract.ts';
import type { SessionId } from '#model/session.ts';
import type { CheckRunner } from '#security/check-runner.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { createCheckPace, SLICE_MS } from './check-pace.ts';
import { type CheckableStore, checkSession } from './check-session.ts';
import { CheckTally } from './check-tally.ts';
import type { FindingsKeeper } from './findings-keeper.ts';

const AT_ONCE = 4;
const MAX_WAITING = 10_000;

export interface PumpOptions {
  readonly store: CheckableStore & Pick<CaptureStore, 'onChange'>;
  readonly runner: Pick<CheckRunner, 'check' | 'checks'>;
  readonly keeper: FindingsKeeper;
  /** Share of the time since it was last asked that this thread had work, 0 to 1; default: measured. */
  readonly utilisation?: () => number;
}

export interface CheckPump extends AsyncDisposable {
  status(): CheckStatus;
  /** Goes at full speed until nothing waits, or for `ms`; answers whether nothing does. */
  drain(ms: number): Promise<boolean>;
}

/** A session that waits for the checks, since when (ms). */
interface Waiting {
  readonly id: SessionId;
  readonly since: number;
}

/** Utilisation of this thread's event loop between calls. */
export function loopUtilisation(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}

/** Begins to check what finishes in the store. A session on which a check fails has the findings of the others. */
export function startCheckPump(options: PumpOptions): CheckPump {
  const { store, runner, keeper, utilisation = loopUtilisation() } = options;
  const checkIds = runner.checks.map(({ id }) => id);
  const queue: Waiting[] = [];
  /** Ids that found no room in the queue lie in [from, to]. */
  let overflow: { from: number; to: number; since: number } | undefined;
  const running = new Map<Promise<void>, Waiting>();
  const tally = new CheckTally();
  const pace = createCheckPace();
  /** How many may still begin in this slice. */
  let left = pace.perSlice;
  let hurry = false;
  let slices: NodeJS.Timeout | undefined;
  let stopped = false;

  function add(id: SessionId): void {
    const since = performance.now();
    if (queue.length < MAX_WAITING && !overflow) queue.push({ id, since });
    else if (!overflow) overflow = { from: id, to: id, since };
    else overflow = { ...overflow, from: Math.min(overflow.from, id), to: Math.max(overflow.to, id) };
  }

  function next(): Waiting | undefined {
    const waiting = queue.shift();
    if (waiting !== undefined || !overflow) return waiting;
    const { from, to, since } = overflow;
    overflow = from < to ? { from: from + 1, to, since } : undefined;
    return { id: from, since };
  }

  async function checkOne(id: SessionId): Promise<void> {
    try {
      const result = await checkSession(store, runner, id);
      tally.add(result);
      if (result.findings.length > 0 && !stopped) await keeper.replace(id, checkIds, result.findings);
    } catch (error) {
      if (!stopped) tally.addError(error);
    }
  }

  function fill(): void {
    while (!stopped && running.size < AT_ONCE && (hurry || left > 0)) {
      const waiting = next();
      if (waiting === undefined) break;
      left -= 1;
      const job = checkOne(waiting.id).then(() => {
        running.delete(job);
        fill();
      });
      running.set(job, waiting);
    }
    keepTime();
  }

  /** Slices are counted while there is something to check. */
  function keepTime(): void {
    const idle = stopped || (queue.length === 0 && running.size === 0 && !overflow);
    if (idle) {
      clearInterval(slices);
      slices = undefined;
    } else if (slices === undefined) {
      slices = setInterval(beginSlice, SLICE_MS);
      slices.unref();
    }
  }

  function beginSlice(): void {
    pace.look(utilisation());
    // What began in excess of a pace below 1 is made up for first.
    left = Math.min(left, 0) + pace.perSlice;
    fill();
  }

  const waiting = () => queue.length + running.size + (overflow ? overflow.to - overflow.from + 1 : 0);

  function behindMs(): number {
    const [first = queue[0] ?? overflow] = running.values();
    return first === undefined ? 0 : Math.max(0, performance.now() - first.since);
  }

  const subscription = store.onChange(({ ended }) => {
    for (const id of ended) add(id);
    fill();
  });

  return {
    status: () => ({
      waiting: waiting(),
      behindMs: behindMs(),
      checked: tally.checked,
      partial: tally.partial,
      failed: tally.failed,
    }),
    async drain(ms) {
      hurry = true;
      fill();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(resolve, ms, 'late');
      });
      while (running.size > 0) {
        if ((await Promise.race([...running.keys(), late])) === 'late') break;
      }
      clearTimeout(timer);
      hurry = false;
      return waiting() === 0;
    },
    async [Symbol.asyncDispose]() {
      stopped = true;
      subscription[Symbol.dispose]();
      keepTime();
      await Promise.all(running.keys());
    },
  };
}
