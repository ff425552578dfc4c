/** Says that the host cannot be heard: over the view when it was there before, instead of it when it never was. */
import { Unplug } from 'lucide-react';
import { useApp } from '../../app.ts';
import { useHost } from '../../state/host.ts';
import { frameText } from '../../text/frame.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import styles from './Frame.module.css';

export function ConnectionNotice() {
  const { rpc } = useApp();
  const lost = useHost(({ connection }) => connection.kind === 'lost' && connection.everOpen);
  if (!lost) return null;
  return (
    <div className={styles.notice} role="alert">
      <Unplug size={15} aria-hidden="true" />
      <span>
        <b>{frameText.lostTitle}</b> {frameText.lostText}
      </span>
      <Button size="small" onClick={() => rpc.retryNow()}>
        {frameText.tryNow}
      </Button>
    </div>
  );
}

export function Unreachable() {
  const { rpc } = useApp();
  return (
    <EmptyState
      icon={<Unplug size={20} />}
      title={frameText.neverTitle}
      actions={
        <Button variant="primary" onClick={() => rpc.retryNow()}>
          {frameText.tryNow}
        </Button>
      }
    >
      {frameText.neverText}
    </EmptyState>
  );
}
