/** Completions of the filter while it is typed: which there are, which one is active, and what the keys do with them. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type Completion, completeFilter, type Suggestion } from '#model/filter/complete.ts';
import { useApp } from '../../app.ts';
import { useSessions } from '../../state/sessions.ts';
import { type Edit, mended, moved, taken } from './completion-keys.ts';

/** Values are asked for when nobody has typed for so long. */
const ASK_MS = 80;
const NONE: readonly string[] = [];

export interface CompletionState {
  readonly open: boolean;
  readonly suggestions: readonly Suggestion[];
  /** -1: none. */
  readonly active: number;
  /** Somebody typed; `cursor` is where. */
  typed(text: string, cursor: number): void;
  close(): void;
  take(suggestion: Suggestion): void;
  /** True when the key was for the completions. */
  onKey(event: KeyboardEvent): boolean;
}

/** `edit` puts a text into the input and the cursor into the text. */
export function useCompletion(edit: (edit: Edit) => void): CompletionState {
  const { rpc } = useApp();
  /** Where the list is open for. */
  const [at, setAt] = useState<{ text: string; cursor: number }>();
  const [active, setActive] = useState(-1);
  const [seen, setSeen] = useState<{ asked: string; values: readonly string[] }>({ asked: '', values: NONE });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const completion: Completion | undefined =
    at &&
    completeFilter(at.text, at.cursor, (wanted) =>
      seen.asked === JSON.stringify(wanted) ? seen.values : NONE,
    );
  const asked = completion?.wanted === undefined ? '' : JSON.stringify(completion.wanted);
  const suggestions = completion?.suggestions ?? [];
  const problem = useSessions((state) => state.problem);

  useEffect(() => {
    if (asked === '') return;
    clearTimeout(timer.current);
    let late = false;
    timer.current = setTimeout(() => {
      rpc.call('sessions.values', JSON.parse(asked)).then(
        ({ values }) => {
          if (!late) setSeen({ asked, values });
        },
        // Completions are a help: without them one types on.
        () => undefined,
      );
    }, ASK_MS);
    return () => {
      late = true;
      clearTimeout(timer.current);
    };
  }, [rpc, asked]);

  const open = (text: string, cursor: number) => {
    setAt({ text, cursor });
    setActive(-1);
  };
  const close = () => {
    setAt(undefined);
    setActive(-1);
  };
  const put = (next: Edit) => {
    edit(next);
    open(next.text, next.cursor);
  };
  const take = (suggestion: Suggestion) => {
    if (at && completion) put(taken(at.text, completion, suggestion));
  };

  return {
    open: at !== undefined && suggestions.length > 0,
    suggestions,
    active,
    typed: open,
    close,
    take,
    onKey(event) {
      const { key, altKey, currentTarget } = event;
      const { value, selectionStart } = currentTarget as HTMLInputElement;
      if (altKey && key === 'Enter' && problem?.suggestion !== undefined) {
        put(mended(value, problem.start, problem.end, problem.suggestion));
        return true;
      }
      if (key === ' ' && event.ctrlKey) {
        open(value, selectionStart ?? value.length);
        return true;
      }
      if (key === 'ArrowDown' || key === 'ArrowUp') {
        if (at === undefined) open(value, selectionStart ?? value.length);
        else setActive(moved(active, key, suggestions.length));
        return true;
      }
      if (at === undefined || suggestions.length === 0) return false;
      const chosen = suggestions[active];
      if ((key === 'Enter' || key === 'Tab') && chosen !== undefined) {
        take(chosen);
        return true;
      }
      if (key === 'Escape') close();
      return key === 'Escape';
    },
  };
}
