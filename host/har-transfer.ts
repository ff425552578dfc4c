/** Sessions out of a capture as HAR and into it from HAR, a session at a time in memory, whatever the size of the file. */
import { readHar } from '#formats/har/read-har.ts';
import { writeHar } from '#formats/har/write-har.ts';
import { SluiceError } from '#model/errors.ts';
import type { Filter } from '#model/filter/ast.ts';
import type { FullSession, Mark, SessionId } from '#model/session.ts';
import { eventsOf } from '#model/session-events.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { fullSession } from './bodies.ts';
import { VERSION } from './version.ts';

const IDS_AT_ONCE = 100_000;
const ANNOTATIONS_AT_ONCE = 1000;

/** Ids of every session that passes, oldest first. */
export async function allIds(store: CaptureStore, filter: Filter): Promise<SessionId[]> {
  const ids: SessionId[] = [];
  const order = { by: 'id', descending: false } as const;
  while (true) {
    const page = await store.ids({ filter, order, offset: ids.length, limit: IDS_AT_ONCE });
    for (const id of page) ids.push(id);
    if (page.length < IDS_AT_ONCE) return ids;
  }
}

/** The sessions of these ids, but those that were removed since; `onSession` is called when the next one is asked for. */
export async function* sessionsOf(
  store: CaptureStore,
  ids: Iterable<SessionId>,
  onSession: () => void = () => undefined,
): AsyncGenerator<FullSession> {
  for (const id of ids) {
    try {
      yield await fullSession(store, id);
      onSession();
    } catch (error) {
      // Removed since it was listed.
      if (!(error instanceof SluiceError && error.code === 'not-found')) throw error;
    }
  }
}

/** The HAR file of these sessions, piece by piece, as they are given: redaction comes before this. */
export const exportHar = (sessions: AsyncIterable<FullSession>): AsyncGenerator<string> =>
  writeHar(sessions, { creatorVersion: VERSION });

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
 * Adds the file's sessions under new ids; answers how many. What came before a fault in the file stays imported.
 * @throws SluiceError `bad-har`.
 */
export async function importHar(
  store: CaptureStore,
  chunks: AsyncIterable<Uint8Array>,
  nextId: () => SessionId,
): Promise<number> {
  const newIds = new Map<SessionId, SessionId>();
  const annotations: Annotation[] = [];
  let imported = 0;
  try {
    for await (const full of readHar(chunks)) {
      const id = nextId();
      const { row } = full.session;
      newIds.set(row.id, id);
      const parentId = row.parentId === undefined ? undefined : newIds.get(row.parentId);
      for (const event of eventsOf(withParent(full, parentId), { id, source: 'import' })) {
        if (!store.write(event)) await store.drained();
      }
      imported += 1;
      const annotation = annotationOf(id, row);
      if (annotation) annotations.push(annotation);
      if (annotations.length >= ANNOTATIONS_AT_ONCE) await annotateAll(store, annotations);
    }
  } finally {
    await annotateAll(store, annotations);
  }
  return imported;
}
