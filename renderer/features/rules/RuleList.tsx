/** Rules in the order in which they are looked at: switched by a click, moved by dragging or with Alt and the arrow keys. */
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { explainRule } from '#model/rules/explain.ts';
import type { RuleSet } from '#model/rules/rule.ts';
import type { RuleTally } from '#model/rules/tally.ts';
import { formatClock } from '../../text/format.ts';
import { rulesText } from '../../text/rules.ts';
import { cx } from '../../ui/cx.ts';
import { Visible } from '../../views/parts/Visible.tsx';
import { moveRule, switchGroup, switchRule } from './edit-rules.ts';
import styles from './Rules.module.css';

export interface RuleListProps {
  readonly set: RuleSet;
  readonly tallies: readonly RuleTally[];
  readonly selected: string;
  readonly onSelect: (name: string) => void;
  readonly onChange: (set: RuleSet) => void;
}

export function RuleList({ set, tallies, selected, onSelect, onChange }: RuleListProps) {
  const [dragged, setDragged] = useState<string>();
  const off = new Set(set.groups.filter(({ enabled }) => !enabled).map(({ name }) => name));
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    const rule = set.rules[index];
    const next = set.rules[index + step];
    if (rule === undefined) return;
    event.preventDefault();
    if (event.altKey) onChange(moveRule(set, rule.name, index + step));
    else if (next !== undefined) {
      onSelect(next.name);
      const rows = event.currentTarget.closest('ol')?.querySelectorAll<HTMLElement>('button');
      rows?.[index + step]?.focus();
    }
  };
  const onDrop = (event: DragEvent, index: number) => {
    event.preventDefault();
    if (dragged !== undefined) onChange(moveRule(set, dragged, index));
    setDragged(undefined);
  };
  return (
    <div className={styles.list}>
      {set.groups.length > 0 ? (
        <div className={styles.groups}>
          {set.groups.map(({ name, enabled }) => (
            <label key={name} className={styles.group}>
              <input
                type="checkbox"
                checked={enabled}
                aria-label={rulesText.groupOn(name)}
                onChange={() => onChange(switchGroup(set, name, !enabled))}
              />
              {name}
            </label>
          ))}
        </div>
      ) : null}
      <ol className={styles.rules} aria-label={rulesText.list}>
        {set.rules.map((rule, index) => (
          <li
            key={rule.name}
            draggable
            onDragStart={() => setDragged(rule.name)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => onDrop(event, index)}
            className={cx(
              styles.rule,
              rule.name === selected && styles.selected,
              (!rule.enabled || (rule.group !== undefined && off.has(rule.group))) && styles.off,
            )}
          >
            <input
              type="checkbox"
              checked={rule.enabled}
              aria-label={rulesText.on(rule.name)}
              onChange={() => onChange(switchRule(set, rule.name, !rule.enabled))}
            />
            <button
              type="button"
              aria-current={rule.name === selected}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
              className={styles.what}
              onClick={() => onSelect(rule.name)}
              onKeyDown={(event) => onKeyDown(event, index)}
            >
              <span className={styles.name}>
                <Visible text={rule.name} />
                {rule.group === undefined ? null : <em className={styles.tag}>{rule.group}</em>}
              </span>
              <span className={styles.words}>
                <Visible text={explainRule(rule)} />
              </span>
            </button>
            <Tally tally={tallies.find((one) => one.rule === rule.name)} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Tally({ tally }: { readonly tally: RuleTally | undefined }) {
  if (tally === undefined) return null;
  return (
    <span className={styles.tally}>
      {rulesText.matches(tally.matches)}
      {tally.last > 0 ? <small>{rulesText.lastMatch(formatClock(tally.last))}</small> : null}
      {tally.failures > 0 ? (
        <small className={styles.failed}>{rulesText.failures(tally.failures)}</small>
      ) : null}
    </span>
  );
}
