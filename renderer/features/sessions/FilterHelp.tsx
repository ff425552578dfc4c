/** Under the filter while it is typed in: what it says in words, or what is wrong with it, and the completions. */
import { useEffect, useRef } from 'react';
import { explainFilter } from '#model/filter/explain.ts';
import { useSessions } from '../../state/sessions.ts';
import { sessionsText } from '../../text/sessions.ts';
import { cx } from '../../ui/cx.ts';
import styles from './FilterHelp.module.css';
import { parseTyped } from './typed-filter.ts';
import type { CompletionState } from './use-completion.ts';

export const COMPLETIONS_ID = 'session-filter-completions';
export const completionId = (index: number) => `${COMPLETIONS_ID}-${index}`;

/** What the filter says; nothing for none, and for a text that is no filter. */
export function Explanation({ id }: { readonly id: string }) {
  const text = useSessions((state) => state.filterText);
  const parsed = parseTyped(text);
  if (!parsed.ok || parsed.filter.type === 'all') return null;
  return (
    <p id={id} className={styles.explanation}>
      {sessionsText.filterExplained(explainFilter(parsed.filter))}
    </p>
  );
}

export function Completions({ state }: { readonly state: CompletionState }) {
  const list = useRef<HTMLDivElement>(null);
  const { suggestions, active, take } = state;
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      ref={list}
      id={COMPLETIONS_ID}
      role="listbox"
      aria-label={sessionsText.completions}
      className={styles.list}
    >
      {suggestions.map((suggestion, i) => (
        <div
          key={`${suggestion.kind} ${suggestion.text}`}
          id={completionId(i)}
          role="option"
          tabIndex={-1}
          aria-selected={i === active}
          className={cx(styles.option, i === active && styles.active)}
          // The input keeps the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            take(suggestion);
          }}
        >
          <span className={styles.text}>{suggestion.text}</span>
          <span className={styles.help}>{suggestion.help}</span>
        </div>
      ))}
    </div>
  );
}
