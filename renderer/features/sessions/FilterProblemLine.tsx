/** What is wrong with the filter, at which character, and the key that mends it where that is known. */
import type { FilterProblem } from '#model/filter/ast.ts';
import { sessionsText } from '../../text/sessions.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import styles from './FilterBar.module.css';

export const PROBLEM_ID = 'session-filter-problem';

export function FilterProblemLine({ problem }: { readonly problem: FilterProblem }) {
  const { message, start, suggestion } = problem;
  return (
    <p role="alert" id={PROBLEM_ID} className={styles.problem}>
      {message} <span className={styles.place}>{sessionsText.filterAt(start + 1)}</span>
      {suggestion === undefined ? null : (
        <span className={styles.place}>
          {' '}
          <Kbd keys="Alt+Enter" /> {sessionsText.filterMend}
        </span>
      )}
    </p>
  );
}
