/** The focus sets: shown by a click, made from what the list shows, taken away. */
import { Plus, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { usePreferences } from '../../state/preferences.ts';
import { useSessions } from '../../state/sessions.ts';
import { cx } from '../../ui/cx.ts';
import { focusNow } from '../../ui/focus.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { toast } from '../../ui/toast.ts';
import { focusSets, isShown, MOST_SETS, removeFocusSet, saveFocusSet, showFocusSet } from './focus-sets.ts';
import styles from './TreePanel.module.css';
import { treeText } from './text.ts';

export function FocusSets() {
  const values = usePreferences((state) => state.values);
  const sets = useMemo(() => focusSets(values), [values]);
  const typed = useSessions((state) => state.typed);
  const scope = useSessions((state) => state.scope);
  const [naming, setNaming] = useState(false);
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>
        {treeText.sets}
        <IconButton label={treeText.saveSet} size="small" onClick={() => setNaming(true)}>
          <Plus size={13} />
        </IconButton>
      </h2>
      {naming ? <NewSet onDone={() => setNaming(false)} /> : null}
      {sets.length === 0 && !naming ? <p className={styles.empty}>{treeText.setsEmpty}</p> : null}
      {sets.map((set) => (
        <div key={set.id} className={cx(styles.item, styles.set)}>
          <button
            type="button"
            className={styles.setName}
            aria-pressed={isShown(set, typed, scope)}
            onClick={() => showFocusSet(set)}
          >
            {set.name}
          </button>
          <IconButton
            label={treeText.removeSet(set.name)}
            size="small"
            className={styles.removeSet}
            onClick={() => removeFocusSet(set.id)}
          >
            <X size={12} />
          </IconButton>
        </div>
      ))}
    </section>
  );
}

function NewSet({ onDone }: { readonly onDone: () => void }) {
  const [name, setName] = useState('');
  const save = () => {
    const wanted = name.trim();
    if (wanted !== '' && !saveFocusSet(wanted)) toast(treeText.tooManySets(MOST_SETS), { tone: 'err' });
    onDone();
  };
  return (
    <input
      ref={focusNow}
      aria-label={treeText.setName}
      placeholder={treeText.setName}
      className={styles.input}
      maxLength={60}
      spellCheck={false}
      value={name}
      onChange={(event) => setName(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
        else if (event.key === 'Escape') onDone();
        else return;
        event.preventDefault();
      }}
    />
  );
}
