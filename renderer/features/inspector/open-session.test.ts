import { beforeEach, expect, test } from 'vitest';
import type { RpcClient } from '../../rpc/client.ts';
import { NO_SELECTION } from '../../state/selection.ts';
import { useSessions } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';
import { openSession } from './open-session.ts';

const ROW = { id: 7, path: '/x' };

/** Session 7 at place 3 of everything, hidden by every filter. */
function fakeRpc(present = true): RpcClient {
  return {
    watch(_name: string, _params: unknown, handlers: { item(item: unknown): void; end(): void }) {
      queueMicrotask(() => (present ? handlers.item({ row: ROW }) : handlers.end()));
      return () => {};
    },
    call: (_name: string, params: { filter: string }) =>
      Promise.resolve({ offset: params.filter === '' ? 3 : -1 }),
  } as unknown as RpcClient;
}

beforeEach(() => {
  useView.getState().show('findings');
  useSessions.getState().setFilter('', undefined);
  useSessions.getState().select(NO_SELECTION, undefined);
});

test('selects the session where it stands and turns to the list', async () => {
  await openSession(fakeRpc(), 7);
  expect(useView.getState().view).toBe('sessions');
  expect(useSessions.getState().current?.id).toBe(7);
  expect(useSessions.getState().selection.cursor).toBe(3);
});

test('a filter that hides it is cleared', async () => {
  useSessions.getState().setFilter('method:GET', undefined);
  await openSession(fakeRpc(), 7);
  expect(useSessions.getState().filter).toBe('');
  expect(useSessions.getState().selection.cursor).toBe(3);
});

test('opens the inspector when it was closed', async () => {
  if (useSessions.getState().inspectorOpen) useSessions.getState().toggleInspector();
  await openSession(fakeRpc(), 7);
  expect(useSessions.getState().inspectorOpen).toBe(true);
});

test('a session that is gone leaves everything as it was', async () => {
  await expect(openSession(fakeRpc(false), 7)).rejects.toMatchObject({ code: 'not-found' });
  expect(useView.getState().view).toBe('findings');
});
