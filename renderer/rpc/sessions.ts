/** Reading whole sessions and bodies over the contract, which gives bodies in pieces. */

import { SluiceError } from '#model/errors.ts';
import type { BodySide, Session, SessionId } from '#model/session.ts';
import type { RpcClient } from './client.ts';

const PIECE = 4 * 1024 * 1024;

/** The session as it is now. @throws SluiceError `not-found`. */
export function readSession(rpc: Pick<RpcClient, 'watch'>, id: SessionId): Promise<Session> {
  return new Promise((resolve, reject) => {
    const stop = rpc.watch(
      'sessions.get',
      { id },
      {
        item(session) {
          resolve(session);
          stop();
        },
        end: () => reject(new SluiceError('not-found', 'This session is not in the capture any more.')),
        error: reject,
      },
    );
  });
}

/** A whole body as captured, before content decoding. @throws SluiceError `too-large` above `limit` bytes. */
export async function readBody(
  rpc: RpcClient,
  id: SessionId,
  side: BodySide,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  let body = new Uint8Array(0);
  let read = 0;
  do {
    const params = { id, side, decoded: false, start: read, end: read + PIECE };
    const { data, total } = await rpc.call('sessions.body', params);
    if (total > limit) throw new SluiceError('too-large', 'The body is too large for this.');
    if (body.length !== total) body = grow(body, total);
    body.set(data.subarray(0, total - read), read);
    read += data.length;
    if (data.length === 0) break;
  } while (read < body.length);
  return body.subarray(0, read);
}

function grow(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes.subarray(0, length));
  return larger;
}
