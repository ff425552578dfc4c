/** The requests that are open, and those that were sent. In a narrow window they fold behind a button, so that the request has the room. */
import { ChevronDown, FileInput, Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { useStream } from '../../rpc/use-rpc.ts';
import { useComposer } from '../../state/composer.ts';
import { Button } from '../../ui/Button.tsx';
import { useNarrow } from '../../views/parts/use-narrow.ts';
import styles from './ComposerSidebar.module.css';
import { DraftList, HistoryList } from './RequestLists.tsx';
import { composerText } from './text.ts';
import { useOpenSession } from './use-open-session.ts';

const HISTORY = {
  filter: 'source:composer or source:replay',
  order: { by: 'id', descending: true },
  offset: 0,
  limit: 100,
} as const;

export function ComposerSidebar() {
  const { drafts, openBlank, setImporting } = useComposer();
  const { data } = useStream('sessions.watch', HISTORY);
  const openSession = useOpenSession();
  const narrow = useNarrow();
  const [unfolded, setUnfolded] = useState(false);
  const lists = useId();
  const fold = () => setUnfolded(false);
  return (
    <aside className={styles.root} aria-label={composerText.requests}>
      <div className={styles.head}>
        <Button
          size="small"
          className={styles.new}
          onClick={() => {
            openBlank();
            fold();
          }}
        >
          <Plus size={14} aria-hidden="true" />
          {composerText.newRequest}
        </Button>
        <Button size="small" onClick={() => setImporting(true)}>
          <FileInput size={14} aria-hidden="true" />
          {composerText.importRequests}
        </Button>
        {narrow ? (
          <Button
            size="small"
            aria-expanded={unfolded}
            aria-controls={lists}
            onClick={() => setUnfolded(!unfolded)}
          >
            {composerText.openAndSent(drafts.length, data?.matched ?? 0)}
            <ChevronDown size={14} aria-hidden="true" />
          </Button>
        ) : null}
      </div>
      <div id={lists} className={styles.lists} hidden={narrow && !unfolded}>
        <h2 className={styles.title}>{composerText.open}</h2>
        <DraftList onShown={fold} />
        <h2 className={styles.title}>{composerText.history}</h2>
        {data?.rows.length === 0 ? <p className={styles.empty}>{composerText.historyEmpty}</p> : null}
        <HistoryList
          rows={data?.rows ?? []}
          onOpen={(id) => {
            openSession(id);
            fold();
          }}
        />
      </div>
    </aside>
  );
}
