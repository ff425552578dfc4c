/** The two lists of the composer: drafts that are open, and sessions that it or a replay sent. */
import { X } from 'lucide-react';
import type { SessionId, SessionRow } from '#model/session.ts';
import { useComposer } from '../../state/composer.ts';
import { formatClock } from '../../text/format.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { MethodLabel } from '../../ui/MethodLabel.tsx';
import { StatusLabel } from '../../ui/StatusLabel.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import { urlParts } from '../inspector/url-parts.ts';
import styles from './ComposerSidebar.module.css';
import type { Draft } from './draft.ts';
import { composerText } from './text.ts';

function nameOf({ url }: Draft): string {
  const { origin, path, rest } = urlParts(url);
  return path === '' && rest === ''
    ? origin.replace(/^https?:\/\//, '') || composerText.untitled
    : path + rest;
}

export function DraftList({ onShown }: { readonly onShown: () => void }) {
  const { drafts, active, show, close } = useComposer();
  return (
    <ul className={styles.list} aria-label={composerText.open}>
      {drafts.map((draft) => {
        const name = nameOf(draft);
        return (
          <li key={draft.key} className={cx(styles.item, draft.key === active && styles.active)}>
            <button
              type="button"
              className={styles.row}
              aria-current={draft.key === active}
              title={draft.url}
              onClick={() => {
                show(draft.key);
                onShown();
              }}
            >
              <span className={styles.method}>
                <MethodLabel row={{ method: draft.method, kind: 'http' }} />
              </span>
              <span className={styles.path}>
                <Visible text={name} />
              </span>
              {draft.edited ? (
                <span className={styles.dot} title={composerText.bodyEdited}>
                  <span className="visually-hidden">{composerText.bodyEdited}</span>
                </span>
              ) : null}
            </button>
            <IconButton
              label={composerText.close(name)}
              size="small"
              className={styles.close}
              onClick={() => close(draft.key)}
            >
              <X size={13} />
            </IconButton>
          </li>
        );
      })}
    </ul>
  );
}

export interface HistoryListProps {
  readonly rows: readonly SessionRow[];
  readonly onOpen: (id: SessionId) => void;
}

export function HistoryList({ rows, onOpen }: HistoryListProps) {
  return (
    <ul className={cx(styles.list, styles.history)} aria-label={composerText.history}>
      {rows.map((row) => (
        <li key={row.id} className={styles.item}>
          <button
            type="button"
            className={styles.row}
            onClick={() => onOpen(row.id)}
            title={`${row.url}, ${formatClock(row.startedAt)}`}
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
      ))}
    </ul>
  );
}
