/** The filter: what is typed is in force as soon as it is a filter, in the colours of its parts; what is wrong with it stands under it. */
import { ListFilter, X } from 'lucide-react';
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { ariaShortcut } from '../../actions/shortcut.ts';
import { useSessions } from '../../state/sessions.ts';
import { sessionsText } from '../../text/sessions.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './FilterBar.module.css';
import { FILTER_INPUT_ID, focusGrid, setFilterText } from './filter-actions.ts';
import { filterTokens } from './filter-tokens.ts';

const PROBLEM_ID = 'session-filter-problem';

export function FilterBar() {
  const { filterText, problem, matched, total, counting, loaded } = useSessions();
  const input = useRef<HTMLInputElement>(null);
  const colours = useRef<HTMLDivElement>(null);
  const follow = () => {
    if (colours.current && input.current) colours.current.scrollLeft = input.current.scrollLeft;
  };
  useLayoutEffect(follow);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'Escape' && event.key !== 'Enter')) return;
    event.preventDefault();
    focusGrid();
  };
  return (
    <div className={styles.bar}>
      <div className={styles.filter} data-problem={problem ? '' : undefined}>
        <ListFilter size={14} className={styles.icon} aria-hidden="true" />
        <div className={styles.text}>
          <div ref={colours} className={styles.colours} aria-hidden="true">
            {filterTokens(filterText).map(({ kind, text }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no identity but their place
              <span key={i} className={styles[kind]}>
                {text}
              </span>
            ))}
          </div>
          <input
            ref={input}
            id={FILTER_INPUT_ID}
            aria-label={sessionsText.filterLabel}
            aria-invalid={problem !== undefined}
            aria-describedby={problem ? PROBLEM_ID : undefined}
            aria-keyshortcuts={ariaShortcut('Ctrl+F')}
            placeholder={sessionsText.filterPlaceholder}
            spellCheck={false}
            autoComplete="off"
            value={filterText}
            onChange={(event) => setFilterText(event.target.value)}
            onKeyDown={onKeyDown}
            onScroll={follow}
            onSelect={follow}
          />
        </div>
        <span className={styles.count} aria-live="polite">
          {loaded && total > 0 ? sessionsText.filterCount(matched, total, counting) : ''}
        </span>
        {filterText === '' ? null : (
          <IconButton
            label={sessionsText.filterClear}
            size="small"
            onClick={() => {
              setFilterText('');
              input.current?.focus();
            }}
          >
            <X size={14} />
          </IconButton>
        )}
      </div>
      {problem ? (
        <p role="alert" id={PROBLEM_ID} className={styles.problem}>
          {problem.message} <span className={styles.place}>{sessionsText.filterAt(problem.start + 1)}</span>
        </p>
      ) : null}
    </div>
  );
}
