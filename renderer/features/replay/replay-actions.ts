/** Sending the selected sessions again in other ways than as they were: the dialog, and without conditions. */
import { Repeat, RotateCcw } from 'lucide-react';
import { plainReplay } from '#model/replay/plan.ts';
import type { Action } from '../../actions/action.ts';
import { useReplaying } from '../../state/replaying.ts';
import { selectedIds, useSessions } from '../../state/sessions.ts';
import { sessionActionText, sessionsText } from '../../text/sessions.ts';
import { toast } from '../../ui/toast.ts';

const canBeSent = () =>
  selectedIds().length > 0 &&
  (selectedIds().length > 1 || (useSessions.getState().current?.kind ?? 'http') === 'http');
/** In the order in which they were recorded. */
const inOrder = () => selectedIds().sort((a, b) => a - b);

export const REPLAY_ACTIONS: readonly Action[] = [
  {
    id: 'replay.open',
    label: sessionActionText.replayMany,
    group: 'sessions',
    shortcuts: ['Shift+R', 'Alt+R'],
    gridOnly: true,
    icon: Repeat,
    keywords: ['repeat', 'fuzz', 'race', 'load', 'vary', 'reissue', 'scenario', 'sequence'],
    enabled: canBeSent,
    run: () => useReplaying.getState().open(inOrder()),
  },
  {
    id: 'replay.unconditional',
    label: sessionActionText.replayUnconditional,
    group: 'sessions',
    icon: RotateCcw,
    keywords: ['reissue', '304', 'if-none-match', 'cache'],
    enabled: canBeSent,
    run: async ({ rpc }) => {
      const { total } = await rpc.call('replay.start', {
        ...plainReplay(inOrder()),
        change: { unconditional: true },
      });
      toast(sessionsText.sentAgain(total), { tone: 'ok' });
    },
  },
];
