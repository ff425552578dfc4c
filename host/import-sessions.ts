/** Sessions of a file into a capture, a session at a time in memory, whatever the size of the file and whatever its format. */
import { importFormat, sniffFormat } from '#formats/all-formats.ts';
import { Losses } from '#formats/losses.ts';
import { SluiceError } from '#model/errors.ts';
import type { LossReport } from '#model/loss-report.ts';
import type { FullSession, Mark, SessionId } from '#model/session.ts';
import { eventsOf } from '#model/session-events.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import type { ImportSource } from './import-source.ts';

const ANNOTATIONS_AT_ONCE = 1000;

export interface ImportOptions {
  /** Id of a format; the file tells it otherwise. */
  readonly format?: string;
  readonly password?: string;
  /** After each session. */
  readonly onSession?: () => void;
  /** Stops between two sessions. */
  readonly signal?: AbortSignal;
}

export interface ImportResult {
  readonly format: string;
  readonly imported: number;
  readonly losses: LossReport;
}

interface Annotation {
  readonly id: SessionId;
  readonly change: { mark?: Mark; comment?: string };
}

async function annotateAll(store: CaptureStore, annotations: Annotation[]): Promise<void> {
  // An annotation finds only sessions that are on disk.
  await store.flush();
  for (const { id, change } of annotations.splice(0)) await store.annotate([id], change);
}

function annotationOf(
  id: SessionId,
  { mark, comment }: FullSession['session']['row'],
): Annotation | undefined {
  if (mark === 0 && comment === undefined) return undefined;
  return { id, change: { mark, ...(comment === undefined ? {} : { comment }) } };
}

/** `full` with its parent's new id, or without a parent that was not imported. */
function withParent(full: FullSession, parentId: SessionId | undefined): FullSession {
  const { parentId: _, ...row } = full.session.row;
  return {
    ...full,
    session: { ...full.session, row: parentId === undefined ? row : { ...row, parentId } },
  };
}

/**
 * Adds the file's sessions under new ids. What came before a fault in the file stays imported.
 * @throws SluiceError `unknown-format`, `password`, `cancelled`, `bad-file` (of a HAR `bad-har`).
 */
export async function importSessions(
  store: CaptureStore,
  { source, start }: ImportSource,
  nextId: () => SessionId,
  options: ImportOptions = {},
): Promise<ImportResult> {
  const { format, password, signal, onSession } = options;
  const { id: formatId, importer } =
    format === undefined ? sniffFormat(start, source.name) : importFormat(format);
  const losses = new Losses();
  const newIds = new Map<SessionId, SessionId>();
  const annotations: Annotation[] = [];
  let imported = 0;
  try {
    for await (const full of importer.read(source, {
      losses,
      ...(password === undefined ? {} : { password }),
    })) {
      if (signal?.aborted) {
        throw new SluiceError('cancelled', `Stopped: the ${imported} sessions before are in the capture.`);
      }
      const id = nextId();
      const { row } = full.session;
      newIds.set(row.id, id);
      const parentId = row.parentId === undefined ? undefined : newIds.get(row.parentId);
      for (const event of eventsOf(withParent(full, parentId), { id, source: 'import' })) {
        if (!store.write(event)) await store.drained();
      }
      imported += 1;
      losses.settle(id);
      onSession?.();
      const annotation = annotationOf(id, row);
      if (annotation) annotations.push(annotation);
      if (annotations.length >= ANNOTATIONS_AT_ONCE) await annotateAll(store, annotations);
    }
  } finally {
    await annotateAll(store, annotations);
  }
  return { format: formatId, imported, losses: losses.report() };
}
