/** The window's foot: what the capture holds, what it costs, where one is. What has no room in a narrow window opens from its end. */
import { Popover } from '@base-ui/react/popover';
import { ChevronUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { runAction } from '../../actions/run.ts';
import { useApp } from '../../app.ts';
import { useHost } from '../../state/host.ts';
import { useSessions } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';
import { formatCount, formatDuration, formatRate, formatSize } from '../../text/format.ts';
import { frameText } from '../../text/frame.ts';
import { cx } from '../../ui/cx.ts';
import popup from '../../ui/popup.module.css';
import { capacityWarning, isBehind } from './capacity.ts';
import styles from './StatusBar.module.css';

export function StatusBar() {
  const { connection, info, status } = useHost();
  const { findings = 0, perSecond = 0 } = status ?? {};
  const keepBytes = status?.retention.keepBytes;
  const capture = info?.capture.split(/[\\/]/).at(-1);
  const costs = (
    <>
      <Fact before={frameText.memory} value={formatSize(status?.memoryBytes)} />
      <Fact
        before={frameText.disk}
        value={formatSize(status?.diskBytes)}
        {...(keepBytes === undefined ? {} : { after: frameText.of(formatSize(keepBytes)) })}
      />
    </>
  );
  return (
    <footer className={styles.status}>
      <i className={styles.dot} data-state={connection.kind === 'open' ? 'open' : 'lost'} />
      <Sessions />
      <Fact value={formatRate(perSecond)} tight after={frameText.perSecond} className={styles.second} />
      <span className={cx(styles.group, styles.third)}>{costs}</span>
      <FindingsFact count={findings} />
      <Backlog />
      <Capacity />
      <Losses />
      <span className={styles.grow} />
      <span className={cx(styles.capture, styles.third)} title={info?.capture}>
        {capture}
      </span>
      <Place />
      <Popover.Root>
        <Popover.Trigger className={styles.more} aria-label={frameText.moreStatus}>
          <ChevronUp size={14} aria-hidden="true" />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner side="top" align="end" sideOffset={6} className={popup.positioner}>
            <Popover.Popup className={cx(popup.popup, styles.panel)} aria-label={frameText.status}>
              <Fact value={formatRate(perSecond)} tight after={frameText.perSecond} />
              {costs}
              <Fact before={frameText.capture} value={capture ?? ''} />
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </footer>
  );
}

interface FactProps {
  readonly before?: string;
  readonly value: ReactNode;
  readonly after?: string;
  /** No space between the value and what follows it. */
  readonly tight?: boolean;
  readonly className?: string | undefined;
}

function Fact({ before, value, after, tight = false, className }: FactProps) {
  return (
    <span className={className}>
      {before === undefined ? null : `${before} `}
      <b>{value}</b>
      {after === undefined ? null : tight ? after : ` ${after}`}
    </span>
  );
}

function FindingsFact({ count }: { readonly count: number }) {
  const app = useApp();
  const fact = <Fact value={formatCount(count)} after={frameText.findings(count)} />;
  if (count === 0) return <span className={styles.second}>{fact}</span>;
  return (
    <button
      type="button"
      className={styles.link}
      onClick={() => void runAction(app, app.actions.get('view.findings'))}
    >
      {fact}
    </button>
  );
}

/** How many the capture holds, and of how many it keeps where that is limited. */
function Sessions() {
  const sessions = useHost((state) => state.status?.sessions ?? 0);
  const keepLast = useHost((state) => state.status?.retention.keepLast);
  return (
    <Fact
      value={formatCount(sessions)}
      after={
        keepLast === undefined
          ? frameText.sessions(sessions)
          : `${frameText.of(formatCount(keepLast))} ${frameText.sessions(keepLast)}`
      }
    />
  );
}

/** Sessions that wait for the security checks, once there are more than a moment's worth. */
function Backlog() {
  const checks = useHost((state) => state.status?.checks);
  if (!checks || !isBehind(checks)) return null;
  return (
    <span className={styles.second} title={frameText.backlogHelp(formatDuration(checks.behindMs))}>
      {frameText.backlog} <b>{formatCount(checks.waiting)}</b>
    </span>
  );
}

/** What will soon be dropped or not fit, before it is. */
function Capacity() {
  const app = useApp();
  const status = useHost((state) => state.status);
  const warning = status && capacityWarning(status);
  if (!warning) return null;
  return (
    <button
      type="button"
      className={cx(styles.link, styles.warning)}
      title={warning.help}
      onClick={() => void runAction(app, app.actions.get('view.settings'))}
    >
      {warning.text}
    </button>
  );
}

/** What the capture lacks: what was dropped by choice in a word, what could not be recorded in the colour of a fault. */
function Losses() {
  const app = useApp();
  const losses = useHost((state) => state.status?.losses);
  if (!losses) return null;
  const { droppedSessions, droppedBodies, missed, paused } = losses;
  return (
    <>
      {missed > 0 || paused !== undefined ? (
        <span role="status" className={styles.fault} title={paused}>
          {paused === undefined ? frameText.missed(missed) : frameText.recordingPaused(missed)}
        </span>
      ) : null}
      {droppedSessions + droppedBodies > 0 ? (
        <button
          type="button"
          className={cx(styles.link, styles.second)}
          title={frameText.droppedHelp}
          onClick={() => void runAction(app, app.actions.get('view.settings'))}
        >
          {frameText.dropped(droppedSessions, droppedBodies)}
        </button>
      ) : null}
    </>
  );
}

/** Where the cursor is in the list, or how long the list is. */
function Place() {
  const shown = useView((state) => state.view === 'sessions');
  const { matched, selection } = useSessions();
  if (!shown) return null;
  const { cursor, ids } = selection;
  return (
    <>
      {ids.size > 1 ? <span>{frameText.selected(ids.size)}</span> : null}
      <span>
        {cursor >= 0 && matched > 0
          ? frameText.row(Math.min(cursor + 1, matched), matched)
          : frameText.rows(matched)}
      </span>
    </>
  );
}
