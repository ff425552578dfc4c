/**
 * Exports as jobs: a window prepares one, the browser downloads it as any file, and the window sees how far it is and can stop it.
 * The file itself goes past the WebSocket and is never held whole. A job's file can be had once.
 */
import { randomUUID } from 'node:crypto';
import { type ExportFormat, exportFormat } from '#formats/all-formats.ts';
import type { ExportForm, ExportProgress, ExportSelection } from '#model/contract/contract.ts';
import { SluiceError, toSluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { exportFile } from './export-sessions.ts';
import { filterOf } from './filter-text.ts';
import { allIds, sessionsOf } from './har-transfer.ts';
import { type Changes, createChanges, latest } from './rpc/changes.ts';

/** Jobs remembered; beyond it the oldest that is not running is forgotten. */
const MOST_JOBS = 32;
const PROGRESS_GAP_MS = 100;

interface Job {
  readonly ids: readonly SessionId[];
  readonly format: ExportFormat;
  readonly password: string | undefined;
  readonly changes: Changes;
  progress: ExportProgress;
}

export interface Exports {
  /** @throws SluiceError `filter-syntax`, `unknown-format`. */
  start(request: ExportSelection & ExportForm): Promise<{ id: string; total: number }>;
  /** The file, piece by piece; leaving off reading cancels the job. @throws SluiceError `not-found` also when it was taken before. */
  take(id: string): { readonly mediaType: string; readonly pieces: AsyncGenerator<Uint8Array | string> };
  /** How far it is, until it has ended. @throws SluiceError `not-found`. */
  watch(id: string, signal: AbortSignal): AsyncGenerator<ExportProgress>;
  /** Nothing happens to one that has ended or is not known. */
  cancel(id: string): void;
}

const isOpen = ({ state }: ExportProgress) => state === 'waiting' || state === 'running';

export function createExports(store: CaptureStore): Exports {
  const jobs = new Map<string, Job>();

  const known = (id: string): Job => {
    const job = jobs.get(id);
    if (job) return job;
    throw new SluiceError('not-found', 'This export is not known: start it again.');
  };
  const report = (job: Job, change: Partial<ExportProgress>) => {
    job.progress = { ...job.progress, ...change };
    job.changes.ring();
  };

  async function* write(job: Job): AsyncGenerator<Uint8Array | string> {
    try {
      const onSession = () => report(job, { written: job.progress.written + 1 });
      const { format, password } = job;
      const file = exportFile(
        sessionsOf(store, job.ids, onSession),
        format,
        password === undefined ? {} : { password },
      );
      for await (const piece of file.pieces) {
        if (job.progress.state === 'cancelled')
          throw new SluiceError('cancelled', 'The export was cancelled.');
        yield piece;
      }
      report(job, { state: 'done', losses: file.losses() });
    } catch (error) {
      if (isOpen(job.progress)) report(job, { state: 'failed', problem: toSluiceError(error).message });
      throw error;
    } finally {
      // Left by the reader.
      if (isOpen(job.progress)) report(job, { state: 'cancelled' });
    }
  }

  return {
    async start(request) {
      const format = exportFormat(request.format ?? 'har');
      await store.flush();
      const ids = 'ids' in request ? request.ids : await allIds(store, filterOf(request.filter));
      for (const [id, { progress }] of jobs) {
        if (jobs.size < MOST_JOBS) break;
        if (progress.state !== 'running') jobs.delete(id);
      }
      const id = randomUUID();
      const progress = { state: 'waiting', written: 0, total: ids.length } as const;
      jobs.set(id, { ids, format, password: request.password, changes: createChanges(), progress });
      return { id, total: ids.length };
    },
    take(id) {
      const job = known(id);
      if (job.progress.state !== 'waiting')
        throw new SluiceError('not-found', 'This export has been taken already: start it again.');
      report(job, { state: 'running' });
      return { mediaType: job.format.mediaType, pieces: write(job) };
    },
    async *watch(id, signal) {
      const job = known(id);
      for await (const progress of latest(job.changes, () => job.progress, signal, PROGRESS_GAP_MS)) {
        yield progress;
        if (!isOpen(progress)) return;
      }
    },
    cancel(id) {
      const job = jobs.get(id);
      if (job && isOpen(job.progress)) report(job, { state: 'cancelled' });
    },
  };
}
