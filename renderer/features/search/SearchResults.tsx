/** What was found: a row for each session and one for each hit in it, only those in sight drawn. The arrow keys go from row to row. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { toSluiceError } from '#model/errors.ts';
import type { SearchHit } from '#model/search.ts';
import { useApp } from '../../app.ts';
import { type SearchRow, useSearch } from '../../state/search.ts';
import { cx } from '../../ui/cx.ts';
import { MethodLabel } from '../../ui/MethodLabel.tsx';
import { StatusLabel } from '../../ui/StatusLabel.tsx';
import { toast } from '../../ui/toast.ts';
import { Visible } from '../../views/parts/Visible.tsx';
import { openSession } from '../inspector/open-session.ts';
import { focusGrid } from '../sessions/filter-actions.ts';
import { RESULTS_ID } from './SearchBar.tsx';
import styles from './SearchResults.module.css';
import { showHit } from './show-hit.ts';
import { searchText } from './text.ts';

const ROW_HEIGHT = 26;

/** Puts the cursor on a row and shows its place in the inspector. */
export function selectRow(index: number): void {
  const { rows, select } = useSearch.getState();
  const row = rows[index];
  if (row === undefined) return;
  select(index);
  const hit = row.kind === 'hit' ? row.hit : row.found.hits[0];
  if (hit) showHit(row.found.row.id, hit);
}

export function SearchResults() {
  const { rpc } = useApp();
  const { rows, selected } = useSearch();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected);
  }, [selected, virtual]);

  const open = () => {
    const row = rows[selected];
    if (row === undefined) return;
    openSession(rpc, row.found.row.id).then(focusGrid, (cause: unknown) =>
      toast(toSluiceError(cause).message, { tone: 'err' }),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const to = {
      ArrowDown: selected + 1,
      ArrowUp: selected - 1,
      PageDown: selected + page,
      PageUp: selected - page,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (event.key === 'Enter') open();
    else if (to === undefined) return;
    else selectRow(Math.min(rows.length - 1, Math.max(0, to)));
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      id={RESULTS_ID}
      role="listbox"
      tabIndex={0}
      aria-label={searchText.results}
      aria-activedescendant={selected >= 0 ? `found-${selected}` : undefined}
      className={styles.list}
      onKeyDown={onKeyDown}
    >
      <div style={{ position: 'relative', height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list box moves its selection by the arrow keys
            <div
              key={index}
              id={`found-${index}`}
              role="option"
              aria-selected={index === selected}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              tabIndex={-1}
              className={cx(styles.row, styles[row.kind], index === selected && styles.selected)}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => selectRow(index)}
              onDoubleClick={open}
            >
              <Row row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Row({ row }: { readonly row: SearchRow }) {
  if (row.kind === 'hit') return <Hit hit={row.hit} />;
  const { row: session, hits, more } = row.found;
  return (
    <>
      <span className={styles.id}>{session.id}</span>
      <span className={styles.method}>
        <MethodLabel row={session} />
      </span>
      <span className={styles.status}>
        <StatusLabel row={session} />
      </span>
      <Visible text={session.host + session.path} className={styles.url} />
      <span className={styles.count} title={more ? searchText.more : undefined}>
        {searchText.hitsIn(hits.length)}
        {more ? '+' : ''}
      </span>
    </>
  );
}

/** On one line, whatever stands in it. */
const flat = (text: string) => text.replace(/\s+/g, ' ');

function Hit({ hit }: { readonly hit: SearchHit }) {
  const { part, index, snippet } = hit;
  const { text, start, end } = snippet;
  return (
    <>
      <span className={styles.part}>
        {index === undefined ? searchText.part[part] : searchText.numbered(searchText.part[part], index)}
      </span>
      <span className={styles.snippet}>
        {/* What comes before is cut at its beginning, so that the hit is always in sight. */}
        <span className={styles.before}>
          <Visible text={flat(text.slice(0, start))} />
        </span>
        <mark className={styles.mark}>
          <Visible text={flat(text.slice(start, end))} />
        </mark>
        <Visible text={flat(text.slice(end))} className={styles.after} />
      </span>
    </>
  );
}
