/** The toolbar's switch: pauses at every request that passes the list's filter, or at none. */
import { OctagonPause } from 'lucide-react';
import { labelOf } from '../../actions/action.ts';
import { runAction } from '../../actions/run.ts';
import { useApp } from '../../app.ts';
import { useBreaks } from '../../state/breaks.ts';
import { IconButton } from '../../ui/IconButton.tsx';

export function BreakToggle() {
  const app = useApp();
  const on = useBreaks((state) => state.breakpoints.length > 0);
  const action = app.actions.get('breaks.toggle');
  return (
    <IconButton
      label={labelOf(action)}
      shortcut={action.shortcuts?.[0]}
      aria-pressed={on}
      onClick={() => void runAction(app, action)}
    >
      <OctagonPause size={16} />
    </IconButton>
  );
}
