/** Every session of a list by id, in its order, however long it is. */
import type { SessionOrder } from '#model/contract/contract.ts';
import type { SessionId } from '#model/session.ts';
import type { RpcClient } from '../../rpc/client.ts';

/** The contract's limit of one call. */
const AT_ONCE = 100_000;

export async function allIdsOf(
  rpc: Pick<RpcClient, 'call'>,
  list: { readonly filter: string; readonly order: SessionOrder },
): Promise<SessionId[]> {
  const all: SessionId[] = [];
  while (true) {
    const { ids } = await rpc.call('sessions.ids', { ...list, offset: all.length, limit: AT_ONCE });
    for (const id of ids) all.push(id);
    if (ids.length < AT_ONCE) return all;
  }
}
