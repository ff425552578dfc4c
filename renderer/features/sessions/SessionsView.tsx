/** The Sessions view: filter, list, inspector. */
import { useHost } from '../../state/host.ts';
import { useSessions } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';
import { frameText } from '../../text/frame.ts';
import { sessionActionText, sessionsText } from '../../text/sessions.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { FilterBar } from './FilterBar.tsx';
import { SessionGrid } from './SessionGrid.tsx';
import styles from './SessionsView.module.css';

function Empty() {
  const proxy = useHost((state) => state.info?.proxy ?? '');
  const capturing = useHost((state) => state.status?.capturing ?? true);
  const show = useView((state) => state.show);
  return (
    <EmptyState
      title={sessionsText.emptyTitle}
      actions={
        <Button variant="primary" onClick={() => show('connect')}>
          {frameText.connect}
        </Button>
      }
    >
      {capturing ? sessionsText.emptyText(proxy) : sessionsText.emptyPaused}
    </EmptyState>
  );
}

function Toolbar() {
  const { filter, matched, total, selection } = useSessions();
  const href = (query: string) => `/api/export/har${query}`;
  if (total === 0) return null;
  return (
    <div className={styles.exports}>
      <a href={href('')} download>
        {sessionActionText.exportAll}
      </a>
      {filter !== '' && matched > 0 ? (
        <a href={href(`?filter=${encodeURIComponent(filter)}`)} download>
          {sessionActionText.exportFiltered}
        </a>
      ) : null}
      {selection.ids.size > 0 ? (
        <a href={href(`?ids=${[...selection.ids].join(',')}`)} download>
          {sessionActionText.exportSelected}
        </a>
      ) : null}
    </div>
  );
}

export function SessionsView() {
  const { loaded, total, matched, current, inspectorOpen } = useSessions();
  const empty = loaded && total === 0;
  const list = (
    <div className={styles.list}>
      <SessionGrid />
      {empty ? (
        <div className={styles.over}>
          <Empty />
        </div>
      ) : null}
      {loaded && total > 0 && matched === 0 ? (
        <div className={styles.over}>
          <EmptyState title={sessionsText.noMatchTitle}>{sessionsText.noMatchText(total)}</EmptyState>
        </div>
      ) : null}
    </div>
  );
  return (
    <section className={styles.view} aria-label={frameText.view.sessions}>
      <div className={styles.top}>
        <FilterBar />
        <Toolbar />
      </div>
      <SplitPane
        id="sessions"
        first={list}
        second={inspectorOpen && !empty ? <Inspector id={current?.id} /> : undefined}
        secondSize="38%"
        minFirst={420}
        minSecond={360}
      />
    </section>
  );
}
