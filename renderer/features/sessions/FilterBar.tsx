/** The filter: what is typed is in force as soon as it is a filter; what is wrong with it stands under it. */
import { parseFilter } from '#model/filter/parse.ts';
import { useSessions } from '../../state/sessions.ts';
import { sessionsText } from '../../text/sessions.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './SessionsView.module.css';

export const FILTER_INPUT_ID = 'session-filter';

export function FilterBar() {
  const { filterText, problem, matched, total, setFilter } = useSessions();
  const onChange = (text: string) => {
    const result = parseFilter(text);
    setFilter(text, result.ok ? undefined : result.problem);
  };
  return (
    <div className={styles.bar}>
      <div className={styles.filter} data-problem={problem ? '' : undefined}>
        <input
          id={FILTER_INPUT_ID}
          aria-label={sessionsText.filterLabel}
          aria-invalid={problem !== undefined}
          placeholder={sessionsText.filterPlaceholder}
          spellCheck={false}
          autoComplete="off"
          value={filterText}
          onChange={(event) => onChange(event.target.value)}
        />
        <span className={styles.count} aria-live="polite">
          {sessionsText.filterCount(matched, total)}
        </span>
        {filterText === '' ? null : (
          <Button size="small" onClick={() => onChange('')} aria-label={sessionsText.filterClear}>
            ×
          </Button>
        )}
      </div>
      {problem ? (
        <p role="alert" className={styles.problem}>
          {problem.message} ({sessionsText.filterAt(problem.start + 1)})
        </p>
      ) : null}
    </div>
  );
}
