/** Does what a QuickExec word says. */

import { runAction } from '../../actions/run.ts';
import type { App } from '../../app.ts';
import { useHost } from '../../state/host.ts';
import { useSessions } from '../../state/sessions.ts';
import { formatRate, plural } from '../../text/format.ts';
import { quickText } from '../../text/quick-exec.ts';
import { toast } from '../../ui/toast.ts';
import { focusGrid, setFilterText } from '../sessions/filter-actions.ts';
import type { QuickCommand } from './quick-exec.ts';

/** Rejects with what the host says. */
export async function runQuick(app: App, command: QuickCommand): Promise<void> {
  switch (command.kind) {
    case 'run':
      return runAction(app, app.actions.get(command.action));
    case 'capture':
      await app.rpc.call('app.setCapturing', { capturing: command.on });
      return;
    case 'inspector': {
      const { inspectorOpen, toggleInspector } = useSessions.getState();
      if (inspectorOpen !== command.open) toggleInspector();
      return;
    }
    case 'filter':
      setFilterText(command.text);
      focusGrid();
      return;
    case 'status': {
      const { status } = useHost.getState();
      if (!status) return;
      const { capturing, sessions, perSecond } = status;
      toast(quickText.stands(capturing, plural(sessions, 'session'), formatRate(perSecond)));
      return;
    }
    case 'break': {
      await app.rpc.call('breaks.set', { breakpoints: [...command.breakpoints] });
      const [first] = command.breakpoints;
      toast(first ? quickText.breaksSet(first.filter) : quickText.breaksGone);
    }
  }
}
