/** What a recorded session was answered, as an answer that a rule can give again. */

import { isConnectionField } from '#model/rules/parts.ts';
import type { SessionId } from '#model/session.ts';
import type { Answer } from '#proxy-core/intercept/answer.ts';
import type { CaptureStore } from '#store/capture-store.ts';

/** Undefined without such a session, or without a whole answer in it. */
export async function sessionAnswer(
  store: Pick<CaptureStore, 'get' | 'readBody'>,
  id: SessionId,
): Promise<Answer | undefined> {
  const session = await store.get(id);
  const response = session?.response;
  if (response === undefined || !response.body.complete || response.head.status < 200) return undefined;
  const { status, reason, headers } = response.head;
  const body =
    response.body.size === 0 ? new Uint8Array() : await store.readBody(id, 'response', 0, response.body.size);
  return {
    status,
    reason,
    headers: headers.filter(([name]) => !isConnectionField(name)),
    body: Buffer.from(body.buffer, body.byteOffset, body.length),
  };
}
