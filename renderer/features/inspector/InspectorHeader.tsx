/** What session this is: method, address, outcome, size, time, connection; sending it again and editing it. */
import { useState } from 'react';
import { toSluiceError } from '#model/errors.ts';
import type { Session } from '#model/session.ts';
import { ariaShortcut } from '../../actions/shortcut.ts';
import { useApp } from '../../app.ts';
import { useView } from '../../state/view.ts';
import { formatClock, formatDuration, formatSize } from '../../text/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { MethodLabel } from '../../ui/MethodLabel.tsx';
import { StatusLabel } from '../../ui/StatusLabel.tsx';
import { toast } from '../../ui/toast.ts';
import { textOfByteString } from '../../views/content/display-text.ts';
import { Visible } from '../../views/parts/Visible.tsx';
import { replaySession } from '../composer/replay.ts';
import { versionWords } from './connection-words.ts';
import styles from './Inspector.module.css';
import { inspectorText, tlsWord } from './text.ts';
import { urlParts } from './url-parts.ts';

export function InspectorHeader({ session }: { readonly session: Session }) {
  const { row, response, facts } = session;
  const { rpc } = useApp();
  const compose = useView((state) => state.compose);
  const [sending, setSending] = useState(false);
  const { origin, path, rest } = urlParts(row.url);
  const replay = async () => {
    setSending(true);
    try {
      toast(inspectorText.replayed(await replaySession(rpc, row.id)), { tone: 'ok' });
    } catch (cause) {
      toast(toSluiceError(cause).message, { tone: 'err' });
    } finally {
      setSending(false);
    }
  };
  const tls = facts.serverTls?.version ?? facts.clientTls?.version;
  return (
    <header className={styles.header}>
      <div className={styles.line}>
        <div className={styles.url} tabIndex={row.url.length > 240 ? 0 : undefined}>
          <span className={styles.method}>
            <MethodLabel row={row} />
          </span>
          <Visible text={origin} />
          <b>
            <Visible text={path} />
          </b>
          <Visible text={rest} />
        </div>
        {row.kind === 'http' ? (
          <div className={styles.actions}>
            <Button
              variant="primary"
              size="small"
              disabled={sending}
              aria-keyshortcuts={ariaShortcut('r')}
              onClick={() => void replay()}
            >
              {inspectorText.replay}
              <Kbd keys="r" />
            </Button>
            <Button size="small" aria-keyshortcuts={ariaShortcut('e')} onClick={() => compose(row.id)}>
              {inspectorText.edit}
              <Kbd keys="e" />
            </Button>
          </div>
        ) : null}
      </div>
      <div className={styles.meta}>
        <StatusLabel row={row} reason={textOfByteString(response?.head.reason ?? '')} />
        <span>{versionWords(row.httpVersion, facts)}</span>
        {response ? <span>{formatSize(row.responseBodySize)}</span> : null}
        <span>{row.state === 'active' ? inspectorText.running : formatDuration(row.durationMs)}</span>
        {tls ? <span>{tlsWord(tls)}</span> : null}
        {facts.serverAddress ? <span>{facts.serverAddress}</span> : null}
        <span className={styles.dim}>{formatClock(row.startedAt)}</span>
      </div>
    </header>
  );
}
