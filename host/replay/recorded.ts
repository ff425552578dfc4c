/** What was recorded, as replays need it again and again: sessions with their request's body and the fields of their answer. Few are kept. */
import { callFields, type Fields } from '#formats/compare/call-fields.ts';
import { SluiceError } from '#model/errors.ts';
import type { Session, SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { readCaptured, readDecoded, sessionOf } from '../bodies.ts';

export type RecordedReader = Pick<CaptureStore, 'get' | 'readBody' | 'messages'>;

/** A body beyond this is compared by its beginning. */
export const COMPARED_BYTES = 1024 * 1024;
/** A request's body that is edited. */
const MOST_EDITED = 16 * 1024 * 1024;
const KEPT = 64;

export interface Recorded {
  readonly session: Session;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What is compared of an answer: its status, fields and body. */
export interface AnswerContent {
  readonly text: string;
  readonly fields: Fields;
}

export async function answerContent(store: RecordedReader, session: Session): Promise<AnswerContent> {
  const { bytes } = await readDecoded(store, session, 'response', COMPARED_BYTES);
  const call = { session, requestBody: new Uint8Array(), responseBody: bytes, messages: [] };
  const fields = [...callFields(call)].filter(([name]) => /^(?:status|failure|response\.)/.test(name));
  return { text: new TextDecoder().decode(bytes), fields: new Map(fields) };
}

/** The answer of the first `make` for a key is kept, as long as others do not drive it out. */
function remembering<T>(make: (id: SessionId) => Promise<T>): (id: SessionId) => Promise<T> {
  const kept = new Map<SessionId, Promise<T>>();
  return (id) => {
    const known = kept.get(id) ?? make(id);
    kept.delete(id);
    kept.set(id, known);
    const oldest = kept.keys().next();
    if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
    return known;
  };
}

export interface RecordedSessions {
  /** With the body as captured or, to be edited, without its codings. @throws SluiceError `not-found`, `not-allowed`, `too-large` */
  request(id: SessionId): Promise<Recorded>;
  answer(id: SessionId): Promise<AnswerContent>;
}

export function recordedSessions(store: RecordedReader, decodes: boolean): RecordedSessions {
  return {
    request: remembering(async (id) => {
      const session = await sessionOf(store, id);
      if (session.row.kind !== 'http') {
        throw new SluiceError(
          'not-allowed',
          `Session ${id} is no HTTP request, and only those can be sent again.`,
        );
      }
      if (session.request.body.dropped) {
        throw new SluiceError(
          'not-found',
          `The body of request ${id} was not kept, so it cannot be sent again.`,
        );
      }
      if (!decodes) return { session, body: new Uint8Array(await readCaptured(store, session, 'request')) };
      const { bytes, problem } = await readDecoded(store, session, 'request', MOST_EDITED);
      if (problem === undefined) return { session, body: new Uint8Array(bytes) };
      throw new SluiceError('too-large', `The body of request ${id} cannot be edited: ${problem}.`);
    }),
    answer: remembering(async (id) => answerContent(store, await sessionOf(store, id))),
  };
}
