/** Sends a session's request again, unchanged: the head as it was, the body as captured. */
import { SluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import type { RpcClient } from '../../rpc/client.ts';
import { readBody, readSession } from '../../rpc/sessions.ts';

/** No body larger than this travels through the window; the command line has no such end. */
export const MOST_SENT_BYTES = 64 * 1024 * 1024;

/** Answers the new session's id as soon as it exists. @throws SluiceError `not-found`, `not-allowed`, `too-large` and those of sending. */
export async function replaySession(rpc: RpcClient, id: SessionId): Promise<SessionId> {
  const session = await readSession(rpc, id);
  if (session.row.kind !== 'http')
    throw new SluiceError(
      'not-allowed',
      'Only HTTP requests can be sent again; this session is of another kind.',
    );
  const { request, row } = session;
  const body =
    request.body.size === 0 ? new Uint8Array(0) : await readBody(rpc, id, 'request', MOST_SENT_BYTES);
  const answer = await rpc.call('composer.send', {
    method: request.head.method,
    url: row.url,
    headers: request.head.headers,
    body,
    source: 'replay',
    parentId: id,
  });
  return answer.id;
}
