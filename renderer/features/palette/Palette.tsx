/**
 * The command palette: every action by its name, with its keys, and the text itself as a filter. The input keeps the focus; the arrow keys
 * move through the list, which screen readers follow as a combobox's.
 */
import { Dialog } from '@base-ui/react/dialog';
import { ListFilter, Search, SquareArrowRight, SquareTerminal } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { toSluiceError } from '#model/errors.ts';
import { ActionIcon } from '../../actions/ActionIcon.tsx';
import { keysOf } from '../../actions/keys.ts';
import { runAction } from '../../actions/run.ts';
import { useApp } from '../../app.ts';
import { recentActionsOf, rememberAction, usePreferences } from '../../state/preferences.ts';
import { useView } from '../../state/view.ts';
import { paletteText } from '../../text/frame.ts';
import { cx } from '../../ui/cx.ts';
import { focusedElement, focusNow } from '../../ui/focus.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { toast } from '../../ui/toast.ts';
import { openSession } from '../inspector/open-session.ts';
import { focusGrid, setFilterText } from '../sessions/filter-actions.ts';
import styles from './Palette.module.css';
import { type PaletteItem, paletteSections } from './palette-items.ts';
import { runQuick } from './run-quick.ts';

const PAGE = 8;
const isOff = (item: PaletteItem | undefined) => item?.kind === 'action' && !item.enabled;

export function Palette() {
  const close = useView((state) => state.closePanel);
  /** Where the focus was before; running an action needs it there again at once, not when the palette has faded. */
  const [before] = useState(focusedElement);
  const chosen = useRef(false);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} finalFocus={() => (chosen.current ? false : before)}>
          <Dialog.Title className="visually-hidden">{paletteText.title}</Dialog.Title>
          <List
            onChoose={() => {
              chosen.current = true;
              flushSync(close);
              before?.focus();
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function List({ onChoose }: { readonly onChoose: () => void }) {
  const app = useApp();
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const sections = paletteSections(app.actions.all, query, recentActionsOf(usePreferences.getState()));
  const items = sections.flatMap((section) => section.items);
  const active = Math.min(at, items.length - 1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another query is another list
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active, query]);

  const choose = (item: PaletteItem | undefined) => {
    if (item === undefined || isOff(item)) return;
    onChoose();
    if (item.kind === 'action') {
      rememberAction(item.action.id);
      void runAction(app, item.action);
    } else if (item.kind === 'quick') {
      runQuick(app, item.command).catch((cause: unknown) =>
        toast(toSluiceError(cause).message, { tone: 'err' }),
      );
    } else if (item.kind === 'filter') {
      setFilterText(item.text);
      focusGrid();
    } else {
      openSession(app.rpc, item.id).then(focusGrid, (cause: unknown) =>
        toast(toSluiceError(cause).message, { tone: 'err' }),
      );
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: PAGE,
      PageUp: -PAGE,
    };
    const step = steps[event.key];
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(items[active]);
    } else if (step !== undefined && items.length > 0) {
      event.preventDefault();
      const to = active + step;
      // Single steps go round; pages stop at the ends.
      if (Math.abs(step) === 1) setAt((to + items.length) % items.length);
      else setAt(Math.min(Math.max(0, to), items.length - 1));
    }
  };

  let index = -1;
  return (
    <>
      <div className={styles.search}>
        <Search size={16} aria-hidden="true" />
        <input
          ref={focusNow}
          role="combobox"
          aria-label={paletteText.title}
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={items.length > 0 ? `${id}-${active}` : undefined}
          placeholder={paletteText.placeholder}
          spellCheck={false}
          autoComplete="off"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd keys="Esc" />
      </div>
      {/* Focus stays in the input: a list that could take it would end the typing. */}
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={paletteText.results}
        tabIndex={-1}
        className={styles.list}
        onMouseDown={(event) => event.preventDefault()}
      >
        {sections.map(({ title, items: entries }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
          <div
            key={title ?? 'matches'}
            role="group"
            aria-label={title ?? paletteText.results}
            className={styles.section}
          >
            {title === undefined ? null : (
              <div aria-hidden="true" className={styles.heading}>
                {title}
              </div>
            )}
            {entries.map((item) => {
              index += 1;
              const here = index;
              return (
                <Option
                  key={keyOf(item)}
                  id={`${id}-${here}`}
                  item={item}
                  active={here === active}
                  onPoint={() => setAt(here)}
                  onChoose={() => choose(item)}
                />
              );
            })}
          </div>
        ))}
      </div>
      <div role="status" className="visually-hidden">
        {query === '' ? '' : paletteText.count(items.filter((item) => !isOff(item)).length)}
      </div>
    </>
  );
}

const keyOf = (item: PaletteItem) => (item.kind === 'action' ? item.action.id : item.kind);

interface OptionProps {
  readonly id: string;
  readonly item: PaletteItem;
  readonly active: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function Option({ id, item, active, onPoint, onChoose }: OptionProps) {
  const off = isOff(item);
  const shortcuts = item.kind === 'action' ? keysOf(item.action) : [];
  const checked = item.kind === 'action' && item.action.checked?.();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the input's, which has the focus
    // biome-ignore lint/a11y/useFocusableInteractive: named by aria-activedescendant, never focused
    <div
      role="option"
      id={id}
      aria-selected={active}
      aria-disabled={off}
      className={cx(
        styles.option,
        off && styles.off,
        item.kind === 'action' && item.action.danger && styles.danger,
      )}
      onMouseMove={active ? undefined : onPoint}
      onClick={onChoose}
    >
      <span className={styles.icon}>
        <Icon item={item} />
      </span>
      <span className={styles.label}>
        <Marked text={item.label} marks={item.kind === 'action' ? item.marks : []} />
      </span>
      {checked ? <span className={styles.note}>{paletteText.current}</span> : null}
      {shortcuts.slice(0, 1).map((keys) => (
        <Kbd key={keys} keys={keys} />
      ))}
    </div>
  );
}

function Icon({ item }: { readonly item: PaletteItem }) {
  if (item.kind === 'action') return <ActionIcon action={item.action} size={15} />;
  const Drawn =
    item.kind === 'filter' ? ListFilter : item.kind === 'quick' ? SquareTerminal : SquareArrowRight;
  return <Drawn size={15} aria-hidden="true" />;
}

/** The text with the letters that match set off. */
function Marked({ text, marks }: { readonly text: string; readonly marks: readonly number[] }) {
  if (marks.length === 0) return text;
  const parts: { text: string; on: boolean; start: number }[] = [];
  for (let i = 0; i < text.length; i++) {
    const on = marks.includes(i);
    const last = parts.at(-1);
    if (last?.on === on) last.text += text[i];
    else parts.push({ text: text[i] ?? '', on, start: i });
  }
  return parts.map((part) => (part.on ? <b key={part.start}>{part.text}</b> : part.text));
}
