/** What is done to the selected sessions: sending again, copying, commenting, marking, removing. */
import {
  BookmarkX,
  Braces,
  Copy,
  Eraser,
  MessageSquareText,
  PencilLine,
  RotateCw,
  SquareCheckBig,
  TableProperties,
  Terminal,
  Trash2,
} from 'lucide-react';
import { COPY_TARGETS } from '#formats/snippets/copy-targets.ts';
import type { Action } from '../../actions/action.ts';
import type { App } from '../../app.ts';
import { NO_SELECTION } from '../../state/selection.ts';
import { selectedIds, useSessions } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';
import { sessionActionText, sessionsText } from '../../text/sessions.ts';
import { confirm } from '../../ui/confirm.ts';
import { toast } from '../../ui/toast.ts';
import { copyAs } from './copy-as.ts';
import { allIdsOf } from './list-ids.ts';
import { replayAll } from './replay-all.ts';

const words = sessionActionText;
export const someSelected = () => selectedIds().length > 0;
const current = () => useSessions.getState().current;

/** One session alone, of a kind that cannot be sent as a request of its own. */
const cannotBeSent = () => selectedIds().length === 1 && (current()?.kind ?? 'http') !== 'http';

async function remove({ rpc }: App): Promise<void> {
  const ids = selectedIds();
  const sure = await confirm({
    title: sessionsText.removeTitle(ids.length),
    text: sessionsText.removeText(ids.length),
    confirmLabel: sessionsText.removeConfirm,
    danger: true,
  });
  if (!sure) return;
  // The list may tell of it before the call does.
  const { anchor, cursor } = useSessions.getState().selection;
  const { removed } = await rpc.call('sessions.remove', { ids });
  // The row that moves up to where they were is selected as it comes.
  const at = anchor < 0 ? cursor : Math.min(anchor, cursor);
  useSessions.getState().followRemoval(ids, at);
  const left = ids.length - removed;
  toast(sessionsText.removed(removed), left > 0 ? { detail: sessionsText.stillRunning(left) } : {});
}

async function clear({ rpc }: App): Promise<void> {
  const { total } = useSessions.getState();
  const sure = await confirm({
    title: sessionsText.clearTitle,
    text: sessionsText.clearText(total),
    confirmLabel: sessionsText.clearConfirm(total),
    danger: true,
  });
  if (!sure) return;
  const { removed } = await rpc.call('sessions.clear', {});
  useSessions.getState().follow(NO_SELECTION, undefined);
  toast(sessionsText.cleared(removed));
}

async function selectAll({ rpc }: App): Promise<void> {
  const { filter, order, selection, current: row, follow } = useSessions.getState();
  const ids = await allIdsOf(rpc, { filter, order });
  follow({ ...selection, ids: new Set(ids) }, row);
}

/** Those that have no action of their own further up in the menu. */
export const MORE_COPY_TARGETS = COPY_TARGETS.filter(({ id }) => id !== 'curl' && id !== 'fetch');
export const copyActionId = (target: string): string => `sessions.copyAs-${target}`;

export const SESSION_ACTIONS: readonly Action[] = [
  {
    id: 'sessions.replay',
    label: words.replay,
    group: 'sessions',
    shortcuts: ['R'],
    icon: RotateCw,
    keywords: ['resend', 'repeat', 'again', 'reissue'],
    enabled: () => someSelected() && !cannotBeSent(),
    run: ({ rpc }) => replayAll(rpc, selectedIds()),
  },
  {
    id: 'sessions.edit',
    label: words.edit,
    group: 'sessions',
    shortcuts: ['E'],
    icon: PencilLine,
    keywords: ['compose', 'change', 'modify'],
    enabled: () => current() !== undefined && current()?.kind !== 'tunnel',
    run: () => {
      const row = current();
      if (row) useView.getState().compose(row.id);
    },
  },
  {
    id: 'sessions.copyUrl',
    label: words.copyUrl,
    group: 'sessions',
    shortcuts: ['Ctrl+U', 'Ctrl+C'],
    gridOnly: true,
    icon: Copy,
    keywords: ['address', 'link'],
    enabled: someSelected,
    run: (app) => copyAs(app, 'url', selectedIds()),
  },
  {
    id: 'sessions.copyCurl',
    label: words.copyCurl,
    group: 'sessions',
    icon: Terminal,
    keywords: ['command line', 'shell'],
    enabled: someSelected,
    run: (app) => copyAs(app, 'curl', selectedIds()),
  },
  {
    id: 'sessions.copyFetch',
    label: words.copyFetch,
    group: 'sessions',
    icon: Braces,
    keywords: ['javascript', 'node'],
    enabled: someSelected,
    run: (app) => copyAs(app, 'fetch', selectedIds()),
  },
  {
    id: 'sessions.copyMarkdown',
    label: words.copyAs('Markdown table'),
    group: 'sessions',
    icon: TableProperties,
    keywords: ['issue', 'report', 'md'],
    enabled: someSelected,
    run: (app) => copyAs(app, 'markdown', selectedIds()),
  },
  {
    id: 'sessions.copyRows',
    label: words.copyAs('rows of a spreadsheet'),
    group: 'sessions',
    icon: TableProperties,
    keywords: ['excel', 'tsv', 'table', 'tabs'],
    enabled: someSelected,
    run: (app) => copyAs(app, 'rows', selectedIds()),
  },
  ...MORE_COPY_TARGETS.map(
    ({ id, title }): Action => ({
      id: copyActionId(id),
      label: words.copyAs(title),
      group: 'sessions',
      icon: id.startsWith('curl') ? Terminal : Braces,
      keywords: ['code', 'snippet', 'generate'],
      enabled: someSelected,
      run: (app) => copyAs(app, id, selectedIds()),
    }),
  ),
  {
    id: 'sessions.comment',
    label: words.comment,
    group: 'sessions',
    shortcuts: ['M'],
    icon: MessageSquareText,
    keywords: ['note', 'annotate'],
    enabled: someSelected,
    run: () => useSessions.getState().setCommenting(selectedIds()),
  },
  ...[1, 2, 3, 4, 5, 0].map(
    (mark): Action => ({
      id: `sessions.mark${mark}`,
      label: words.mark(mark),
      group: 'sessions',
      shortcuts: [String(mark)],
      keywords: ['colour', 'color', 'flag', 'pin'],
      ...(mark === 0
        ? { icon: BookmarkX }
        : { swatch: `--mark${mark}`, checked: () => current()?.mark === mark }),
      enabled: someSelected,
      run: async ({ rpc }) => {
        await rpc.call('sessions.annotate', { ids: selectedIds(), mark });
      },
    }),
  ),
  {
    id: 'sessions.selectAll',
    label: words.selectAll,
    group: 'sessions',
    shortcuts: ['Ctrl+A'],
    gridOnly: true,
    icon: SquareCheckBig,
    enabled: () => useSessions.getState().matched > 0,
    run: selectAll,
  },
  {
    id: 'sessions.remove',
    label: words.remove,
    group: 'sessions',
    shortcuts: ['Delete', 'Backspace'],
    gridOnly: true,
    icon: Trash2,
    danger: true,
    keywords: ['delete'],
    enabled: someSelected,
    run: remove,
  },
  {
    id: 'sessions.clear',
    label: words.clear,
    group: 'sessions',
    shortcuts: ['Shift+Delete'],
    gridOnly: true,
    icon: Eraser,
    danger: true,
    keywords: ['cls', 'delete', 'remove', 'empty'],
    enabled: () => useSessions.getState().total > 0,
    run: clear,
  },
];
