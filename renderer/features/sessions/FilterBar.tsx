/** The filter: what is typed is in force as soon as it is a filter, in the colours of its parts; what it says, or what is wrong, stands under it. */
import { ListFilter, X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { ariaShortcut } from '../../actions/shortcut.ts';
import { useSessions } from '../../state/sessions.ts';
import { sessionsText } from '../../text/sessions.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './FilterBar.module.css';
import { FilterColours } from './FilterColours.tsx';
import { COMPLETIONS_ID, Completions, completionId, Explanation } from './FilterHelp.tsx';
import { FilterProblemLine, PROBLEM_ID } from './FilterProblemLine.tsx';
import { FILTER_INPUT_ID, focusGrid, setFilterText } from './filter-actions.ts';
import { pasted } from './pasted-filter.ts';
import { useCompletion } from './use-completion.ts';

const EXPLANATION_ID = 'session-filter-explanation';

/** Only keys open the completions: a text that a program or a menu puts there is no question. */
const isTyped = (event: Event) => event instanceof InputEvent && event.inputType.startsWith('insertText');

export function FilterBar() {
  const { filterText, problem, matched, total, counting, loaded } = useSessions();
  const input = useRef<HTMLInputElement>(null);
  const colours = useRef<HTMLDivElement>(null);
  const cursorAfter = useRef<number>(undefined);
  const completion = useCompletion(({ text, cursor }) => {
    cursorAfter.current = cursor;
    setFilterText(text);
    input.current?.focus();
  });
  const follow = () => {
    if (colours.current && input.current) colours.current.scrollLeft = input.current.scrollLeft;
  };
  // Only where the text is another: it asks for the layout, and the counts beside it change with every window of rows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what moves the input
  useLayoutEffect(() => {
    const cursor = cursorAfter.current;
    cursorAfter.current = undefined;
    if (cursor !== undefined) input.current?.setSelectionRange(cursor, cursor);
    follow();
  }, [filterText]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (completion.onKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.key !== 'Escape' && event.key !== 'Enter') return;
    event.preventDefault();
    focusGrid();
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    const edit = pasted(value, selectionStart, selectionEnd, event.clipboardData.getData('text'));
    if (edit === undefined) return;
    event.preventDefault();
    cursorAfter.current = edit.cursor;
    setFilterText(edit.text);
    toast(sessionsText.filterTranslated);
  };
  return (
    <div className={styles.bar}>
      <div className={styles.filter} data-problem={problem ? '' : undefined}>
        <ListFilter size={14} className={styles.icon} aria-hidden="true" />
        <div className={styles.text}>
          <FilterColours ref={colours} text={filterText} problem={problem} />
          <input
            ref={input}
            id={FILTER_INPUT_ID}
            role="combobox"
            aria-label={sessionsText.filterLabel}
            aria-invalid={problem !== undefined}
            aria-describedby={problem ? PROBLEM_ID : EXPLANATION_ID}
            aria-keyshortcuts={ariaShortcut('Ctrl+F')}
            aria-autocomplete="list"
            aria-expanded={completion.open}
            aria-controls={completion.open ? COMPLETIONS_ID : undefined}
            aria-activedescendant={completion.active < 0 ? undefined : completionId(completion.active)}
            placeholder={sessionsText.filterPlaceholder}
            spellCheck={false}
            autoComplete="off"
            value={filterText}
            onChange={({ target, nativeEvent }) => {
              setFilterText(target.value);
              if (isTyped(nativeEvent) || completion.open) {
                completion.typed(target.value, target.selectionStart ?? target.value.length);
              }
            }}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onBlur={completion.close}
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
        {completion.open ? <Completions state={completion} /> : null}
      </div>
      {problem ? <FilterProblemLine problem={problem} /> : <Explanation id={EXPLANATION_ID} />}
    </div>
  );
}
