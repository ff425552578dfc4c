/**
 * Exports as jobs: a window prepares one, the browser downloads it as any file, and the window sees how far it is and can stop it.
 * The file itself goes past the WebSocket and is never held whole. A job's file can be had once.
 */
import { randomUUID } from 'node:crypto';
import { type ExportFormat, exportFormat } from '#formats/all-formats.ts';
import type { ExportPreview, ExportProgress, ExportRequest } from '#model/contract/contract.ts';
import { SluiceError, toSluiceError } from '#model/errors.ts';
import type { RedactionChoice } from '#model/redaction.ts';
import type { SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { exportFile } from './export-sessions.ts';
import { filterOf } from './filter-text.ts';
import { allIds, bytesOf } from './har-transfer.ts';
import { exportSource } from './redaction/export-source.ts';
import { type Changes, createChanges, latest } from './rpc/changes.ts';

/** Jobs remembered; beyond it the oldest that is not running is forgotten. */
const MOST_JOBS = 32;
const PROGRESS_GAP_MS = 100;

interface Job {
  readonly ids: readonly SessionId[];
  readonly format: ExportFormat;
  readonly password: string | undefined;
  readonly redaction: RedactionChoice | undefined;
  readonly changes: Changes;
  /** Aborted when the user has had enough of it. */
  readonly stop: AbortController;
  progress: ExportProgress;
}

export interface Exports {
  /** @throws SluiceError `filter-syntax`, `unknown-format`. */
  start(request: ExportRequest): Promise<{ id: string; total: number }>;
  /** What the export would hold and mask, until all of it has been looked at. @throws SluiceError `filter-syntax`, `usage`. */
  preview(request: ExportRequest, signal: AbortSignal): AsyncGenerator<ExportPreview>;
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
      const { ids, format, password, redaction: choice } = job;
      let looked = 0;
      await using source = exportSource(store, ids, choice, {
        onLooked: () => {
          looked += 1;
          report(job, { looked });
        },
        onSession: () => report(job, { written: job.progress.written + 1 }),
        signal: job.stop.signal,
      });
      const file = exportFile(source.sessions, format, password === undefined ? {} : { password });
      for await (const piece of file.pieces) {
        yield piece;
        job.stop.signal.throwIfAborted();
      }
      const redaction = await source.summary();
      report(job, {
        state: 'done',
        losses: file.losses(),
        ...(redaction === undefined ? {} : { redaction }),
      });
    } catch (error) {
      if (isOpen(job.progress)) report(job, { state: 'failed', problem: toSluiceError(error).message });
      throw error;
    } finally {
      // Left by the reader.
      if (isOpen(job.progress)) report(job, { state: 'cancelled' });
    }
  }

  async function chosen(request: ExportRequest): Promise<readonly SessionId[]> {
    await store.flush();
    return 'ids' in request ? request.ids : allIds(store, filterOf(request.filter));
  }

  return {
    async start(request) {
      const format = exportFormat(request.format ?? 'har');
      const ids = await chosen(request);
      for (const [id, { progress }] of jobs) {
        if (jobs.size < MOST_JOBS) break;
        if (progress.state !== 'running') jobs.delete(id);
      }
      const id = randomUUID();
      const progress = { state: 'waiting', written: 0, total: ids.length } as const;
      const { password, redaction } = request;
      const stop = new AbortController();
      jobs.set(id, { ids, format, password, redaction, changes: createChanges(), stop, progress });
      return { id, total: ids.length };
    },
    async *preview(request, signal) {
      const ids = await chosen(request);
      const total = ids.length;
      // Looked through and read again as an export does it: only then is known how often each secret stands where.
      let looked = 0;
      let bytes = 0;
      await using source = exportSource(store, ids, request.redaction, {
        onLooked: () => {
          looked += 1;
        },
        signal,
      });
      let last = performance.now();
      try {
        for await (const full of source.sessions) {
          bytes += bytesOf(full);
          if (performance.now() - last < PROGRESS_GAP_MS) continue;
          last = performance.now();
          yield { looked, total, bytes, done: false };
        }
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      const redaction = await source.summary();
      yield { looked: total, total, bytes, ...(redaction === undefined ? {} : { redaction }), done: true };
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
      if (job === undefined || !isOpen(job.progress)) return;
      report(job, { state: 'cancelled' });
      job.stop.abort(new SluiceError('cancelled', 'The export was cancelled.'));
    },
  };
}
