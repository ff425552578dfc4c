/** Reads one session with its decoded bodies and messages, as much of them as is compared, over the contract. */
import type { CallContent } from '#formats/compare/call-fields.ts';
import type { BodySide, Message, SessionId } from '#model/session.ts';
import type { RpcClient } from '../../rpc/client.ts';
import { readSession } from '../../rpc/sessions.ts';
import { readStart } from '../../views/body/body-ranges.ts';

/** Of each body. */
export const MOST_COMPARED = 16 * 1024 * 1024;
const MOST_MESSAGES = 200;

export interface ReadCall extends CallContent {
  /** Sides of which only the beginning was read, or that could not be decoded whole. */
  readonly cut: readonly BodySide[];
}

/** @throws SluiceError `not-found`, `cancelled`, and what reading a body says */
export async function readCall(
  rpc: Pick<RpcClient, 'call' | 'watch'>,
  id: SessionId,
  signal: AbortSignal,
  most = MOST_COMPARED,
): Promise<ReadCall> {
  const session = await readSession(rpc, id);
  const cut: BodySide[] = [];
  const body = async (side: BodySide) => {
    const size = side === 'request' ? session.request.body.size : (session.response?.body.size ?? 0);
    if (size === 0) return new Uint8Array();
    const start = await readStart(
      (params) => rpc.call('sessions.body', params),
      { id, side, decoded: true },
      undefined,
      most,
      signal,
    );
    if (start.data.length < start.total || start.problem !== undefined) cut.push(side);
    return start.data;
  };
  const requestBody = await body('request');
  const responseBody = await body('response');
  let messages: readonly Message[] = [];
  if (session.messageCount > 0)
    ({ messages } = await rpc.call('sessions.messages', { id, from: 0, limit: MOST_MESSAGES }));
  return { session, requestBody, responseBody, messages, cut };
}
