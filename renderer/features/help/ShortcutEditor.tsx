/** Changing the keys of actions: each is pressed where it is to be; a key that another action has is told before it is taken from it. */
import { RotateCcw, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { type Action, labelOf } from '../../actions/action.ts';
import { chooseKeys, chosenKeysOf, keysOf, moveKey, ownerOf, resetKeys } from '../../actions/keys.ts';
import { browserKeeps, shortcutOf } from '../../actions/shortcut.ts';
import { useApp } from '../../app.ts';
import { usePreferences } from '../../state/preferences.ts';
import { shortcutsText } from '../../text/frame.ts';
import { Button } from '../../ui/Button.tsx';
import { Input } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './Shortcuts.module.css';

interface Asked {
  readonly action: string;
  readonly shortcut: string;
}

const save = (kept: boolean) => {
  if (!kept) toast(shortcutsText.full, { tone: 'err' });
};

export function ShortcutEditor() {
  const { actions } = useApp();
  const chosen = usePreferences(chosenKeysOf);
  const [search, setSearch] = useState('');
  const [recording, setRecording] = useState<string | undefined>(undefined);
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const wanted = search.trim().toLowerCase();
  const shown = actions.all.filter(
    (action) =>
      labelOf(action).toLowerCase().includes(wanted) && !(action.hidden && action.shortcuts === undefined),
  );
  const take = (action: Action, shortcut: string) => {
    setAsked(undefined);
    setRecording(undefined);
    save(moveKey(actions.all, action, shortcut));
  };
  const onKeyDown = (event: KeyboardEvent, action: Action) => {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setRecording(undefined);
    const shortcut = shortcutOf(event);
    if (shortcut === undefined) return;
    if (ownerOf(actions.all, shortcut, action.id)) setAsked({ action: action.id, shortcut });
    else take(action, shortcut);
  };
  return (
    <>
      <div className={styles.editorHead}>
        <Input
          type="search"
          value={search}
          placeholder={shortcutsText.search}
          aria-label={shortcutsText.search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Button disabled={Object.keys(chosen).length === 0} onClick={() => save(resetKeys())}>
          {shortcutsText.resetAll}
        </Button>
      </div>
      <ul className={styles.editor}>
        {shown.map((action) => {
          const label = labelOf(action);
          const question = asked?.action === action.id ? asked.shortcut : undefined;
          const owner = question === undefined ? undefined : ownerOf(actions.all, question, action.id);
          return (
            <li key={action.id} className={styles.edited}>
              <span className={styles.editedName}>{label}</span>
              {recording === action.id ? (
                <button
                  type="button"
                  // biome-ignore lint/a11y/noAutofocus: pressing Change asks for the next key press
                  autoFocus
                  className={styles.recorder}
                  aria-label={shortcutsText.press(label)}
                  onKeyDown={(event) => onKeyDown(event, action)}
                  onBlur={() => question === undefined && setRecording(undefined)}
                >
                  {question === undefined ? shortcutsText.pressNow : <Kbd keys={question} spoken />}
                </button>
              ) : (
                <span className={styles.keys}>
                  {keysOf(action).map((keys) => (
                    <Kbd key={keys} keys={keys} spoken />
                  ))}
                </span>
              )}
              <Button
                size="small"
                aria-label={shortcutsText.changeOf(label)}
                onClick={() => setRecording(action.id)}
              >
                {shortcutsText.change}
              </Button>
              {action.id in chosen ? (
                <IconButton
                  label={shortcutsText.resetOf(label)}
                  size="small"
                  onClick={() => save(chooseKeys(action, action.shortcuts ?? []))}
                >
                  <RotateCcw size={13} />
                </IconButton>
              ) : (
                <IconButton
                  label={shortcutsText.removeOf(label)}
                  size="small"
                  disabled={keysOf(action).length === 0}
                  onClick={() => save(chooseKeys(action, []))}
                >
                  <X size={13} />
                </IconButton>
              )}
              {owner && question !== undefined ? (
                <p role="alert" className={styles.conflict}>
                  {shortcutsText.conflict(labelOf(owner))}
                  <Button size="small" variant="primary" onClick={() => take(action, question)}>
                    {shortcutsText.takeIt}
                  </Button>
                  <Button
                    size="small"
                    onClick={() => {
                      setAsked(undefined);
                      setRecording(undefined);
                    }}
                  >
                    {shortcutsText.leaveIt}
                  </Button>
                </p>
              ) : null}
              {keysOf(action).some(browserKeeps) ? (
                <p className={styles.conflict}>{shortcutsText.browserKeeps}</p>
              ) : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}
