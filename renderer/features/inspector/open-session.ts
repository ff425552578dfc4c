/** Opens a session in the Sessions view from wherever one is; a filter that hides it is cleared, because it was asked for by name. */
import type { SessionId } from '#model/session.ts';
import type { RpcClient } from '../../rpc/client.ts';
import { readSession } from '../../rpc/sessions.ts';
import { NO_SCOPE } from '../../state/scope.ts';
import { selectOne } from '../../state/selection.ts';
import { useSessions } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';

/** Rejects with `not-found` when the session has been removed, and leaves the view as it was then. */
export async function openSession(rpc: RpcClient, id: SessionId): Promise<void> {
  const { row } = await readSession(rpc, id);
  const { filter, order, setFilter, setScope, inspectorOpen, toggleInspector } = useSessions.getState();
  let { offset } = await rpc.call('sessions.position', { filter, order, id });
  if (offset < 0) {
    setFilter('', undefined);
    setScope(NO_SCOPE);
    ({ offset } = await rpc.call('sessions.position', { filter: '', order, id }));
  }
  if (!inspectorOpen) toggleInspector();
  useSessions.getState().select(selectOne(offset, id), row);
  useView.getState().show('sessions');
}
