/** From one session to those it is related to: what it was made from, what was made from it, others like it. */
import { Copy, CornerLeftUp, CornerRightDown } from 'lucide-react';
import type { Action } from '../../actions/action.ts';
import type { App } from '../../app.ts';
import { useSessions } from '../../state/sessions.ts';
import { sessionActionText, sessionsText } from '../../text/sessions.ts';
import { toast } from '../../ui/toast.ts';
import { openSession } from '../inspector/open-session.ts';
import { withCondition } from './filter-by.ts';
import { allIdsOf } from './list-ids.ts';

const current = () => useSessions.getState().current;
const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** Selects what meets the condition in the list as it is; the cursor goes to the first of them, or says why it does not. */
async function selectWhere({ rpc }: App, condition: string, none: string, besides?: number): Promise<void> {
  const { filter, order, select } = useSessions.getState();
  const ids = await allIdsOf(rpc, { filter: withCondition(filter, condition), order });
  const first = ids.find((id) => id !== besides);
  if (first === undefined) {
    toast(none);
    return;
  }
  const at = besides !== undefined && ids.includes(besides) ? besides : first;
  const { offset } = await rpc.call('sessions.position', { filter, order, id: at });
  const { current: row } = useSessions.getState();
  select({ ids: new Set(ids), cursor: offset, anchor: offset }, row?.id === at ? row : undefined);
  toast(sessionsText.selected(ids.length), { timeout: 2500 });
}

export const RELATION_ACTIONS: readonly Action[] = [
  {
    id: 'sessions.parent',
    label: sessionActionText.parent,
    group: 'sessions',
    shortcuts: ['P'],
    icon: CornerLeftUp,
    keywords: ['original', 'source'],
    enabled: () => current()?.parentId !== undefined,
    run: async ({ rpc }) => {
      const parentId = current()?.parentId;
      if (parentId !== undefined) await openSession(rpc, parentId);
    },
  },
  {
    id: 'sessions.children',
    label: sessionActionText.children,
    group: 'sessions',
    shortcuts: ['C'],
    icon: CornerRightDown,
    keywords: ['replays', 'copies'],
    enabled: () => current() !== undefined,
    run: async (app) => {
      const row = current();
      if (row) await selectWhere(app, `parent=${row.id}`, sessionsText.noChildren);
    },
  },
  {
    id: 'sessions.duplicates',
    label: sessionActionText.duplicates,
    group: 'sessions',
    shortcuts: ['D'],
    icon: Copy,
    keywords: ['same', 'similar', 'repeated'],
    enabled: () => current() !== undefined,
    run: async (app) => {
      const row = current();
      if (!row) return;
      const condition = `(method=${quoted(row.method)} url=${quoted(row.url)})`;
      await selectWhere(app, condition, sessionsText.noDuplicates, row.id);
    },
  },
];
