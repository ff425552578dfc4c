/** Groups of findings as rows; arrow keys move through them. */
import { type KeyboardEvent, useRef } from 'react';
import type { FindingGroup } from '#model/finding.ts';
import { useHost } from '../../state/host.ts';
import { severityWords } from '../../text/session-words.ts';
import { cx } from '../../ui/cx.ts';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import styles from './Findings.module.css';
import { groupKey } from './groups.ts';
import { findingsText } from './text.ts';

export interface FindingListProps {
  readonly groups: readonly FindingGroup[];
  readonly selected: string;
  readonly onSelect: (key: string) => void;
}

export function FindingList({ groups, selected, onSelect }: FindingListProps) {
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
      {groups.map((group, i) => {
        const key = groupKey(group);
        const owasp = checks?.find((check) => check.id === group.checkId)?.owasp[0]?.split(' ')[0];
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list box moves its selection by the arrow keys
          <div
            key={key}
            id={`finding-${i}`}
            data-row={i}
            role="option"
            aria-selected={key === selected}
            tabIndex={-1}
            className={cx(styles.row, key === selected && styles.selected)}
            onClick={() => onSelect(key)}
          >
            <SeverityIcon severity={group.severity} size={15} label={severityWords[group.severity]} />
            <div className={styles.what}>
              <p className={styles.rowTitle}>{group.title}</p>
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
      })}
    </div>
  );
}
