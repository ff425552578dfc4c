/** What to look for, how and where. Typing searches by itself after a moment; Enter searches at once. */
import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { CaseSensitive, Regex, Search, WholeWord, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { MAX_SEARCH_TEXT, SEARCH_PLACES, SearchPlace } from '#model/search.ts';
import { useApp } from '../../app.ts';
import { useSearch } from '../../state/search.ts';
import { useSessions } from '../../state/sessions.ts';
import { focusSoon } from '../../ui/focus.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { Segmented } from '../../views/parts/Segmented.tsx';
import { SEARCH_INPUT_ID } from '../frame/frame-actions.ts';
import { runSearch } from './run-search.ts';
import styles from './SearchBar.module.css';
import { searchText } from './text.ts';

export const RESULTS_ID = 'search-results';
/** How long typing pauses before its text is searched for, in ms. */
const PAUSE = 250;
/** Shorter texts are found nearly everywhere: they wait for Enter. */
const SHORTEST = 3;

const HOW = [
  { name: 'caseSensitive', Icon: CaseSensitive },
  { name: 'wholeWord', Icon: WholeWord },
  { name: 'regex', Icon: Regex },
] as const;

function How() {
  const { options, setOptions } = useSearch();
  return HOW.map(({ name, Icon }) => (
    <Tooltip key={name} label={searchText[name]} side="bottom">
      <Toggle
        aria-label={searchText[name]}
        className={styles.how}
        pressed={options[name]}
        onPressedChange={(pressed) => setOptions({ [name]: pressed })}
      >
        <Icon size={16} aria-hidden="true" />
      </Toggle>
    </Tooltip>
  ));
}

function Where() {
  const { options, setOptions } = useSearch();
  return (
    <ToggleGroup
      multiple
      aria-label={searchText.places}
      className={styles.places}
      value={[...options.places]}
      onValueChange={(next) => {
        // Nowhere is no place to look.
        if (next.length > 0) setOptions({ places: SEARCH_PLACES.filter((place) => next.includes(place)) });
      }}
    >
      {SearchPlace.options.map((place) => (
        <Toggle key={place} value={place} className={styles.place}>
          {searchText.place[place]}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}

function Within() {
  const { options, setOptions } = useSearch();
  const filter = useSessions((state) => state.filter);
  if (filter.trim() === '') return null;
  return (
    <Tooltip label={searchText.filteredBy(filter)} side="bottom">
      <Toggle
        className={styles.within}
        pressed={options.filtered}
        onPressedChange={(filtered) => setOptions({ filtered })}
      >
        {searchText.filtered}
      </Toggle>
    </Tooltip>
  );
}

export function SearchBar() {
  const { rpc } = useApp();
  const { text, setText, options, setOptions } = useSearch();
  const filter = useSessions((state) => state.filter);
  const asked = useRef<string | undefined>(undefined);
  const key = JSON.stringify([text, options, options.filtered ? filter : '']);
  // What was searched for when the view was left is not searched for again.
  asked.current ??= useSearch.getState().progress ? key : JSON.stringify(['', options, '']);

  const search = () => {
    asked.current = key;
    runSearch(rpc);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key holds all that a search depends on
  useEffect(() => {
    if (asked.current === key) return;
    if (text !== '' && text.length < SHORTEST) return;
    // Enter may have been faster.
    const timer = setTimeout(() => asked.current !== key && search(), text === '' ? 0 : PAUSE);
    return () => clearTimeout(timer);
  }, [key]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      search();
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      focusSoon(`#${RESULTS_ID}`);
    }
  };
  return (
    <search className={styles.bar}>
      <div className={styles.field}>
        <Search size={14} className={styles.icon} aria-hidden="true" />
        <input
          id={SEARCH_INPUT_ID}
          aria-label={searchText.input}
          placeholder={searchText.placeholder}
          maxLength={MAX_SEARCH_TEXT}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {text === '' ? null : (
          <IconButton
            label={searchText.clear}
            size="small"
            onClick={() => {
              setText('');
              focusSoon(`#${SEARCH_INPUT_ID}`);
            }}
          >
            <X size={14} />
          </IconButton>
        )}
        <How />
      </div>
      <div className={styles.options}>
        <Where />
        <span className={styles.rest}>
          <Within />
          <Segmented
            label={searchText.order}
            value={options.newestFirst ? 'newest' : 'oldest'}
            options={[
              { value: 'newest', label: searchText.newest },
              { value: 'oldest', label: searchText.oldest },
            ]}
            onChange={(order) => setOptions({ newestFirst: order === 'newest' })}
          />
        </span>
      </div>
    </search>
  );
}
