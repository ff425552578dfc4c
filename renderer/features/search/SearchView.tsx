/** Find everywhere: what to look for, what was found, and beside it the inspector with the place marked. */
import { SearchX, TextSearch, TriangleAlert } from 'lucide-react';
import { isSearching, useSearch } from '../../state/search.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { useNarrow } from '../../views/parts/use-narrow.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import styles from './Search.module.css';
import { SearchBar } from './SearchBar.tsx';
import { SearchResults } from './SearchResults.tsx';
import { SearchStatus } from './SearchStatus.tsx';
import { searchText } from './text.ts';

function Results() {
  const state = useSearch();
  const { rows, progress, problem } = state;
  if (problem !== undefined)
    return (
      <EmptyState icon={<TriangleAlert size={20} />} title={searchText.failedTitle}>
        {problem}
      </EmptyState>
    );
  if (progress === undefined)
    return (
      <EmptyState icon={<TextSearch size={20} />} title={searchText.emptyTitle}>
        {searchText.empty}
      </EmptyState>
    );
  if (rows.length === 0 && !isSearching(state))
    return (
      <EmptyState icon={<SearchX size={20} />} title={searchText.noneTitle}>
        {searchText.none(progress.total)}
      </EmptyState>
    );
  return <SearchResults />;
}

export function SearchView() {
  const narrow = useNarrow();
  const selected = useSearch((state) => state.rows[state.selected]);
  return (
    <section className={styles.root} aria-label={searchText.title}>
      <h1 className="visually-hidden">{searchText.title}</h1>
      <SplitPane
        id={narrow ? 'search-narrow' : 'search'}
        direction={narrow ? 'vertical' : 'horizontal'}
        secondSize={narrow ? '50%' : '44%'}
        minFirst={narrow ? 160 : 400}
        minSecond={narrow ? 120 : 360}
        first={
          <div className={styles.pane}>
            <SearchBar />
            <SearchStatus />
            <Results />
          </div>
        }
        second={selected === undefined ? undefined : <Inspector id={selected.found.row.id} />}
      />
    </section>
  );
}
