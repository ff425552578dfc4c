/** What stands in the list's place when it is empty: how to get traffic, or the way out of a filter that nothing passes. */
import { ListFilter, RadioTower } from 'lucide-react';
import { runAction } from '../../actions/run.ts';
import { useApp } from '../../app.ts';
import { useCall } from '../../rpc/use-rpc.ts';
import { useHost } from '../../state/host.ts';
import { frameText } from '../../text/frame.ts';
import { sessionActionText, sessionsText } from '../../text/sessions.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CopyButton } from '../../views/parts/CopyButton.tsx';
import styles from './EmptyList.module.css';

const CURL = 'curl';

export function NoSessions() {
  const app = useApp();
  const proxy = useHost((state) => state.info?.proxy ?? '');
  const capturing = useHost((state) => state.status?.capturing ?? true);
  const { data } = useCall('connect.info', {});
  const line = data?.recipes.find(({ id }) => id === CURL)?.code;
  const run = (id: string) => () => void runAction(app, app.actions.get(id));
  if (!capturing)
    return (
      <EmptyState
        icon={<RadioTower size={20} />}
        title={sessionsText.emptyTitle}
        actions={
          <Button variant="primary" onClick={run('capture.toggle')}>
            {frameText.captureToggle(false)}
          </Button>
        }
      >
        {sessionsText.emptyPaused}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<RadioTower size={20} />}
      title={sessionsText.emptyTitle}
      extra={line === undefined ? undefined : <Try line={line} />}
      actions={
        <>
          <Button variant="primary" onClick={run('view.connect')}>
            {frameText.connect}
          </Button>
          <Button onClick={run('import.har')}>{sessionActionText.importHar}</Button>
        </>
      }
    >
      {sessionsText.emptyText(proxy)}
    </EmptyState>
  );
}

function Try({ line }: { readonly line: string }) {
  return (
    <div className={styles.try}>
      <p className={styles.label}>{sessionsText.emptyTry}</p>
      <div className={styles.line}>
        <code>{line}</code>
        <CopyButton label={sessionsText.emptyCopy} text={() => line} />
      </div>
    </div>
  );
}

export function NoMatch({ total }: { readonly total: number }) {
  const app = useApp();
  return (
    <EmptyState
      icon={<ListFilter size={20} />}
      title={sessionsText.noMatchTitle}
      actions={
        <Button onClick={() => void runAction(app, app.actions.get('sessions.clearFilter'))}>
          {sessionActionText.clearFilter}
        </Button>
      }
    >
      {sessionsText.noMatchText(total)}
    </EmptyState>
  );
}
