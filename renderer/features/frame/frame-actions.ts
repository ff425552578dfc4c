/** The actions of the window and the list that have keys: shown in tooltips, run by the keyboard. */
import type { Action } from '../../actions/action.ts';
import type { App } from '../../app.ts';
import { useHost } from '../../state/host.ts';
import { selectedIds, useSessions } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';
import { frameText } from '../../text/frame.ts';
import { sessionActionText, sessionsText } from '../../text/sessions.ts';
import { confirm } from '../../ui/confirm.ts';
import { replaySession } from '../composer/replay.ts';

export async function setCapturing({ rpc }: App, capturing: boolean): Promise<void> {
  await rpc.call('app.setCapturing', { capturing });
}

const selected = () => selectedIds().length > 0;
const marks: Action[] = [0, 1, 2, 3, 4, 5].map((mark) => ({
  id: `sessions.mark${mark}`,
  label: sessionActionText.mark(mark),
  group: 'sessions',
  shortcuts: [String(mark)],
  enabled: selected,
  run: async ({ rpc }) => {
    await rpc.call('sessions.annotate', { ids: selectedIds(), mark });
  },
}));

export const ACTIONS: readonly Action[] = [
  {
    id: 'capture.toggle',
    label: () => (useHost.getState().status?.capturing ? frameText.stopCapturing : frameText.startCapturing),
    group: 'capture',
    shortcuts: ['F12'],
    run: (app) => setCapturing(app, !(useHost.getState().status?.capturing ?? true)),
  },
  {
    id: 'sessions.replay',
    label: sessionActionText.replay,
    group: 'sessions',
    shortcuts: ['R'],
    enabled: selected,
    run: async ({ rpc }) => {
      for (const id of selectedIds()) await replaySession(rpc, id);
    },
  },
  {
    id: 'sessions.edit',
    label: sessionActionText.edit,
    group: 'sessions',
    shortcuts: ['E'],
    enabled: () => useSessions.getState().current !== undefined,
    run: () => {
      const { current } = useSessions.getState();
      if (current) useView.getState().compose(current.id);
    },
  },
  {
    id: 'sessions.remove',
    label: sessionActionText.remove,
    group: 'sessions',
    shortcuts: ['Delete'],
    gridOnly: true,
    danger: true,
    enabled: selected,
    run: async ({ rpc }) => {
      await rpc.call('sessions.remove', { ids: selectedIds() });
    },
  },
  {
    id: 'sessions.clear',
    label: sessionActionText.clear,
    group: 'sessions',
    shortcuts: ['Shift+Delete'],
    gridOnly: true,
    danger: true,
    enabled: () => useSessions.getState().total > 0,
    run: async ({ rpc }) => {
      const { total } = useSessions.getState();
      const sure = await confirm({
        title: sessionsText.clearTitle,
        text: sessionsText.clearText(total),
        confirmLabel: sessionsText.clearConfirm(total),
        danger: true,
      });
      if (sure) await rpc.call('sessions.clear', {});
    },
  },
  ...marks,
];
