/** How far the search is and what it found, in one line; what was left out of it, and the index while it is being made, below. */
import { useStream } from '../../rpc/use-rpc.ts';
import { isSearching, useSearch } from '../../state/search.ts';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { cancelSearch, MOST_HITS } from './run-search.ts';
import styles from './Search.module.css';
import { searchText } from './text.ts';

export function SearchStatus() {
  const state = useSearch();
  const { data: index } = useStream('search.index', {});
  const { progress, hits, sessions, cancelled, problem } = state;
  const searching = isSearching(state);
  const notes = [
    progress?.state === 'limit' ? searchText.limit(MOST_HITS) : undefined,
    progress && progress.cut > 0 ? searchText.cut(progress.cut) : undefined,
    progress && progress.unreadable > 0 ? searchText.unreadable(progress.unreadable) : undefined,
    index?.working ? searchText.indexing(index.indexed, index.sessions) : undefined,
  ].filter((note) => note !== undefined);
  if ((progress === undefined || problem !== undefined) && notes.length === 0) return null;
  return (
    <div className={styles.status}>
      {progress === undefined || problem !== undefined ? null : (
        <div className={styles.line}>
          <span role="status" className={styles.found}>
            {searchText.found(hits, sessions)}
          </span>
          <span className={styles.looked}>
            {searchText.looked(progress)}
            {cancelled ? `, ${searchText.stopped}` : null}
          </span>
          {searching ? (
            <>
              <span className={styles.progress}>
                <Progress
                  label={searchText.progress}
                  labelHidden
                  value={progress.total === 0 ? null : Math.min(1, progress.looked / progress.total)}
                />
              </span>
              <Button size="small" onClick={cancelSearch}>
                {searchText.cancel}
              </Button>
            </>
          ) : null}
        </div>
      )}
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
    </div>
  );
}
