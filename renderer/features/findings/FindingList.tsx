/** Groups of findings as rows; arrow keys move through them. */
import { type KeyboardEvent, useRef } from 'react';
import { isOpen, type TriagedGroup } from '#model/triage.ts';
import { useHost } from '../../state/host.ts';
import { severityWords } from '../../text/session-words.ts';
import { cx } from '../../ui/cx.ts';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import styles from './Findings.module.css';
import { groupKey, type Section } from './groups.ts';
import { StateBadge } from './TriageBar.tsx';
import { findingsText } from './text.ts';

export interface FindingListProps {
  /** With headings; the arrow keys pass over those. */
  readonly sections: readonly Section[];
  readonly selected: string;
  readonly onSelect: (key: string) => void;
}

export function FindingList({ sections, selected, onSelect }: FindingListProps) {
  const groups = sections.flatMap((section) => section.groups);
  const list = useRef<HTMLDivElement>(null);
  const checks = useHost((state) => state.info?.checks);
  const at = groups.findIndex((group) => groupKey(group) === selected);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: groups.length - 1,
    }[event.key];
    const group = next === undefined ? undefined : groups[Math.min(groups.length - 1, Math.max(0, next))];
    if (!group) return;
    event.preventDefault();
    onSelect(groupKey(group));
    list.current
      ?.querySelector(`[data-row="${groups.indexOf(group)}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      aria-label={findingsText.list}
      aria-activedescendant={`finding-${at}`}
      className={styles.list}
      onKeyDown={onKeyDown}
    >
      {sections.map(({ title, groups: of }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a list box
        <div key={title} role="group" aria-label={title || findingsText.noOwasp}>
          <div className={styles.heading} aria-hidden="true">
            <Visible text={title || findingsText.noOwasp} className={styles.headingText} />
            <span>{of.length}</span>
          </div>
          {of.map((group) => (
            <Row
              key={groupKey(group)}
              group={group}
              at={groups.indexOf(group)}
              owasp={checks?.find((check) => check.id === group.checkId)?.owasp[0]?.split(' ')[0]}
              selected={groupKey(group) === selected}
              onSelect={onSelect}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

interface RowProps {
  readonly group: TriagedGroup;
  readonly at: number;
  readonly owasp: string | undefined;
  readonly selected: boolean;
  readonly onSelect: (key: string) => void;
}

function Row({ group, at, owasp, selected, onSelect }: RowProps) {
  const { severity, state } = group.triage;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box moves its selection by the arrow keys
    <div
      id={`finding-${at}`}
      data-row={at}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      className={cx(styles.row, selected && styles.selected, !isOpen(state) && styles.triaged)}
      onClick={() => onSelect(groupKey(group))}
    >
      <SeverityIcon severity={severity} size={15} label={severityWords[severity]} />
      <div className={styles.what}>
        <p className={styles.rowTitle}>
          {group.title}
          {state === 'open' ? null : <StateBadge state={state} />}
        </p>
        <p className={styles.where}>
          <Visible text={group.endpoint} />
          {group.parameter ? (
            <>
              {' · '}
              <Visible text={group.parameter} className={styles.parameter} />
            </>
          ) : null}
        </p>
      </div>
      <div className={styles.side}>
        <span>{findingsText.sessions(group.count)}</span>
        {owasp ? <span className={styles.owasp}>{owasp}</span> : null}
      </div>
    </div>
  );
}
