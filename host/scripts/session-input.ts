/** A recorded session as scripts see it, and where its bodies come from. */
import type { BodySide, Session } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { readDecoded } from '../bodies.ts';
import type { BodySource } from './script-thread.ts';

/** What a script may hold of one body. */
const MAX_BODY = 16 * 1024 * 1024;

/** As JSON can hold it. */
export function sessionInput({ row, request, response }: Session): Record<string, unknown> {
  return {
    id: row.id,
    method: row.method,
    url: row.url,
    host: row.host,
    path: row.path,
    state: row.state,
    status: row.status,
    type: row.mime,
    startedAt: row.startedAt,
    duration: row.durationMs,
    error: row.error,
    request: { headers: request.head.headers },
    ...(response && {
      response: {
        status: response.head.status,
        reason: response.head.reason,
        headers: response.head.headers,
      },
    }),
  };
}

/** After content decoding. */
export const sessionBody =
  (store: Pick<CaptureStore, 'get' | 'readBody' | 'messages'>, session: Session): BodySource =>
  async (side) => {
    const { bytes, problem } = await readDecoded(store, session, side as BodySide, MAX_BODY);
    if (problem !== undefined) throw new Error(problem);
    return new Uint8Array(bytes);
  };
