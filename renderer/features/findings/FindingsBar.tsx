/** Over the list: which findings are shown (severity, triage, filter) and how they are grouped. */
import type { Severity } from '#model/session.ts';
import type { TriagedGroup } from '#model/triage.ts';
import { severityWords } from '../../text/session-words.ts';
import { Input } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { Segmented } from '../../views/parts/Segmented.tsx';
import styles from './Findings.module.css';
import { GROUPINGS, type Grouping, SHOWN, type Shown, severityCounts, shownCount } from './groups.ts';
import { findingsText, type SeverityFilter } from './text.ts';

export interface Choice {
  readonly severity: SeverityFilter;
  readonly shown: Shown;
  readonly by: Grouping;
  readonly filter: string;
}

export interface FindingsBarProps {
  readonly groups: readonly TriagedGroup[];
  readonly choice: Choice;
  /** What is wrong with the filter. */
  readonly problem: string | undefined;
  readonly onChange: (change: Partial<Choice>) => void;
}

const ALL = 'all';

export function FindingsBar({ groups, choice, problem, onChange }: FindingsBarProps) {
  const { severity, shown, by, filter } = choice;
  const counts: { severity: Severity; count: number }[] = severityCounts(groups, shown);
  return (
    <div className={styles.bar}>
      <h1 className={styles.title}>{findingsText.findings}</h1>
      <Segmented<SeverityFilter>
        label={findingsText.filter}
        value={severity}
        options={[
          { value: ALL, label: findingsText.severityCount(findingsText.all, shownCount(groups, shown)) },
          ...counts.map((one) => ({
            value: one.severity,
            label: findingsText.severityCount(severityWords[one.severity], one.count),
          })),
        ]}
        onChange={(value) => onChange({ severity: value })}
      />
      <Segmented<Shown>
        label={findingsText.state}
        value={shown}
        options={SHOWN.map((value) => ({
          value,
          label: findingsText.severityCount(findingsText.shown[value], shownCount(groups, value)),
        }))}
        onChange={(value) => onChange({ shown: value, severity: ALL })}
      />
      <div className={styles.filter}>
        <Input
          mono
          type="search"
          aria-label={findingsText.filterFindings}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : 'findings-filter-problem'}
          placeholder={findingsText.filterHint}
          value={filter}
          onChange={({ target }) => onChange({ filter: target.value })}
        />
        {problem === undefined ? null : (
          <p id="findings-filter-problem" className={styles.problem} role="status">
            {problem}
          </p>
        )}
      </div>
      <Select<Grouping>
        label={findingsText.groupBy}
        className={styles.grouping}
        value={by}
        options={GROUPINGS.map((value) => ({ value, label: findingsText.grouping[value] }))}
        onChange={(value) => onChange({ by: value })}
      />
    </div>
  );
}
