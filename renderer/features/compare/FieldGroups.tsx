/** The fields of two calls in their groups; with nothing to show, that they are the same in what counts. */
import { CircleCheck } from 'lucide-react';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Scroll } from '../../views/parts/Scroll.tsx';
import styles from './Compare.module.css';
import { FieldTable } from './FieldTable.tsx';
import { counts, type FieldGroup, type FieldRow, groupOf } from './field-rows.ts';
import { compareText } from './text.ts';

interface FieldGroupsProps {
  readonly rows: readonly FieldRow[];
  readonly groups: readonly FieldGroup[];
  readonly strict: boolean;
  readonly onlyDifferences: boolean;
}

export function FieldGroups({ rows, groups, strict, onlyDifferences }: FieldGroupsProps) {
  const shown = rows.filter((row) => groups.includes(groupOf(row.field)));
  const passed = shown.filter((row) => row.kind !== 'same' && !counts(row, strict)).length;
  const visible = onlyDifferences ? shown.filter((row) => counts(row, strict)) : shown;
  if (visible.length === 0)
    return (
      <EmptyState icon={<CircleCheck size={20} />} title={compareText.equalTitle}>
        {compareText.equal} {passed > 0 ? compareText.notCounted(passed) : null}
      </EmptyState>
    );
  return (
    <Scroll label={compareText.title}>
      {groups.map((group) => {
        const here = visible.filter((row) => groupOf(row.field) === group);
        return here.length === 0 ? null : (
          <FieldTable key={group} title={compareText.groups[group]} rows={here} strict={strict} />
        );
      })}
      {onlyDifferences && passed > 0 ? <p className={styles.hint}>{compareText.notCounted(passed)}</p> : null}
    </Scroll>
  );
}
