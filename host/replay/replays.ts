/**
 * Replays as jobs: whoever starts one watches how far it is, again after a lost connection, and can end it. They end with the host. It refuses to
 * run more than a few at once, and forgets old ones.
 */
import { randomUUID } from 'node:crypto';
import { SluiceError, toSluiceError } from '#model/errors.ts';
import { requestCount } from '#model/replay/combinations.ts';
import type { ReplayPlan, ReplayProgress, ReplayRow } from '#model/replay/plan.ts';
import type { Engine } from '#proxy-core/engine/engine.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { type Changes, createChanges, latest } from '../rpc/changes.ts';
import { endedSessions } from './ended-sessions.ts';
import { ReplayRun } from './replay-run.ts';

const MOST_RUNNING = 8;
const MOST_REMEMBERED = 16;
const GAP_MS = 100;

interface Job {
  readonly total: number;
  readonly rows: ReplayRow[];
  readonly changes: Changes;
  readonly stop: AbortController;
  begun: number;
  state: ReplayProgress['state'];
  reason: string | undefined;
  /** Settles when nothing of it is under way any more. */
  over: Promise<void>;
}

export interface Replays extends AsyncDisposable {
  /** Nothing is sent before all of the plan has been looked at. @throws SluiceError what is wrong with the plan, or its sessions */
  start(plan: ReplayPlan): Promise<{ id: string; total: number }>;
  /** Until it has ended. @throws SluiceError `not-found` */
  watch(id: string, signal: AbortSignal): AsyncGenerator<ReplayProgress>;
  /** Nothing happens to one that has ended or is not known. */
  cancel(id: string): void;
}

export function createReplays(store: CaptureStore, engine: Engine): Replays {
  const jobs = new Map<string, Job>();
  const ends = endedSessions(store);

  function forgetOld(): void {
    const running = [...jobs.values()].filter(({ state }) => state === 'running').length;
    if (running >= MOST_RUNNING) {
      throw new SluiceError('too-large', `${running} replays are running: wait for one to end, or end one.`);
    }
    for (const [id, { state }] of jobs) {
      if (jobs.size < MOST_REMEMBERED) return;
      if (state !== 'running') jobs.delete(id);
    }
  }

  async function follow(job: Job, run: ReplayRun): Promise<void> {
    try {
      job.reason = await run.run(job.stop.signal);
      job.state = job.reason === undefined ? 'done' : 'stopped';
    } catch (error) {
      if (job.stop.signal.aborted) job.state = 'cancelled';
      else {
        job.state = 'failed';
        job.reason = toSluiceError(error).message;
      }
    }
    job.changes.ring();
  }

  return {
    async start(plan) {
      const total = requestCount(plan);
      forgetOld();
      await store.flush();
      const job: Job = {
        total,
        rows: [],
        changes: createChanges(),
        stop: new AbortController(),
        begun: 0,
        state: 'running',
        reason: undefined,
        over: Promise.resolve(),
      };
      const run = new ReplayRun(plan, {
        store,
        engine,
        ends,
        onBegun: () => {
          job.begun += 1;
          job.changes.ring();
        },
        onRow: (row) => {
          job.rows.push(row);
          job.changes.ring();
        },
      });
      await run.prepare();
      const id = randomUUID();
      jobs.set(id, job);
      job.over = follow(job, run);
      return { id, total };
    },
    async *watch(id, signal) {
      const job = jobs.get(id);
      if (!job) throw new SluiceError('not-found', 'This replay is not known: start it again.');
      let told = 0;
      const compute = (): ReplayProgress => {
        const rows = job.rows.slice(told);
        told = job.rows.length;
        const { state, total, begun, reason } = job;
        return { state, total, begun, rows, ...(reason === undefined ? {} : { reason }) };
      };
      for await (const progress of latest(job.changes, compute, signal, GAP_MS)) {
        yield progress;
        if (progress.state !== 'running') return;
      }
    },
    cancel: (id) => jobs.get(id)?.stop.abort(new SluiceError('cancelled', 'The replay was ended.')),
    async [Symbol.asyncDispose]() {
      for (const { stop } of jobs.values()) stop.abort(new SluiceError('cancelled', 'Sluice was closed.'));
      await Promise.all(Array.from(jobs.values(), ({ over }) => over));
      ends[Symbol.dispose]();
    },
  };
}
