/** The requests that are open, and those that were sent. */
import { Plus, X } from 'lucide-react';
import type { SessionRow } from '#model/session.ts';
import { useStream } from '../../rpc/use-rpc.ts';
import { useComposer } from '../../state/composer.ts';
import { formatClock } from '../../text/format.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { MethodLabel } from '../../ui/MethodLabel.tsx';
import { StatusLabel } from '../../ui/StatusLabel.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import { urlParts } from '../inspector/url-parts.ts';
import styles from './ComposerSidebar.module.css';
import type { Draft } from './draft.ts';
import { composerText } from './text.ts';
import { useOpenSession } from './use-open-session.ts';

const HISTORY = {
  filter: 'source:composer or source:replay',
  order: { by: 'id', descending: true },
  offset: 0,
  limit: 100,
} as const;

export function ComposerSidebar() {
  const { drafts, active, openBlank, show, close } = useComposer();
  const { data } = useStream('sessions.watch', HISTORY);
  const openSession = useOpenSession();
  return (
    <aside className={styles.root}>
      <div className={styles.head}>
        <Button size="small" onClick={openBlank} className={styles.new}>
          <Plus size={14} aria-hidden="true" />
          {composerText.newRequest}
        </Button>
      </div>
      <h2 className={styles.title}>{composerText.open}</h2>
      <ul className={styles.list}>
        {drafts.map((draft) => (
          <li key={draft.key} className={cx(styles.item, draft.key === active && styles.active)}>
            <button
              type="button"
              className={styles.row}
              aria-current={draft.key === active}
              onClick={() => show(draft.key)}
            >
              <span className={styles.method}>
                <MethodLabel row={{ method: draft.method, kind: 'http' }} />
              </span>
              <span className={styles.path}>
                <Visible text={nameOf(draft)} />
              </span>
              {draft.edited ? <span className={styles.dot} title={composerText.bodyEdited} /> : null}
            </button>
            <IconButton
              label={composerText.close(nameOf(draft))}
              size="small"
              onClick={() => close(draft.key)}
            >
              <X size={13} />
            </IconButton>
          </li>
        ))}
      </ul>
      <h2 className={styles.title}>{composerText.history}</h2>
      {data?.rows.length === 0 ? <p className={styles.empty}>{composerText.historyEmpty}</p> : null}
      <ul className={cx(styles.list, styles.history)}>
        {data?.rows.map((row) => (
          <HistoryItem key={row.id} row={row} onOpen={openSession} />
        ))}
      </ul>
    </aside>
  );
}

function nameOf({ url }: Draft): string {
  const { origin, path, rest } = urlParts(url);
  return path === '' && rest === ''
    ? origin.replace(/^https?:\/\//, '') || composerText.untitled
    : path + rest;
}

function HistoryItem({ row, onOpen }: { readonly row: SessionRow; readonly onOpen: (id: number) => void }) {
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={styles.row}
        onClick={() => onOpen(row.id)}
        title={formatClock(row.startedAt)}
      >
        <span className={styles.method}>
          <MethodLabel row={row} />
        </span>
        <span className={styles.path}>
          <Visible text={row.path} />
        </span>
        <StatusLabel row={row} />
      </button>
    </li>
  );
}
