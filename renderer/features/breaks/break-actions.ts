/** What is done with breakpoints from anywhere: switching them, and letting what is paused go on. */
import { OctagonPause, Play, SkipForward } from 'lucide-react';
import type { Action } from '../../actions/action.ts';
import { useBreaks } from '../../state/breaks.ts';
import { useSessions } from '../../state/sessions.ts';
import { breaksText } from '../../text/rules.ts';
import { breakEdits } from './break-edits.ts';

const anyPaused = () => useBreaks.getState().paused.length > 0;

export const BREAK_ACTIONS: readonly Action[] = [
  {
    id: 'breaks.toggle',
    label: () => (useBreaks.getState().breakpoints.length > 0 ? breaksText.toggleOff : breaksText.toggleOn),
    group: 'capture',
    shortcuts: ['Ctrl+Shift+B'],
    icon: OctagonPause,
    keywords: ['breakpoint', 'bpu', 'bpm', 'bpafter', 'intercept', 'pause'],
    run: async ({ rpc }) => {
      const on = useBreaks.getState().breakpoints.length > 0;
      const { filter } = useSessions.getState();
      await rpc.call('breaks.set', { breakpoints: on ? [] : [{ filter, at: 'request' }] });
    },
  },
  {
    id: 'breaks.goOn',
    label: breaksText.goOn,
    group: 'capture',
    // A browser keeps F5 for itself; where a message is edited, it goes on by that as well.
    shortcuts: ['F8'],
    icon: Play,
    keywords: ['resume', 'continue', 'F5', 'execute'],
    enabled: anyPaused,
    run: ({ rpc }) => breakEdits.goOn(rpc),
  },
  {
    id: 'breaks.goOnAll',
    label: breaksText.goOnAll,
    group: 'capture',
    icon: SkipForward,
    keywords: ['resume', 'continue', 'release'],
    enabled: anyPaused,
    run: async ({ rpc }) => {
      await rpc.call('breaks.releaseAll', {});
    },
  },
];
