/** All keyboard shortcuts on one sheet, made from the actions themselves, with the list's own keys beside them. */
import { useRef, useState } from 'react';
import { ACTION_GROUPS, type Action, labelOf } from '../../actions/action.ts';
import { chosenKeysOf, keysOf } from '../../actions/keys.ts';
import { useApp } from '../../app.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useView } from '../../state/view.ts';
import { groupText, shortcutsText } from '../../text/frame.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { ShortcutEditor } from './ShortcutEditor.tsx';
import styles from './Shortcuts.module.css';

type Line = readonly [label: string, shortcuts: readonly string[]];

/** Keys of the grid and the browser that are no actions: they move, and cannot be run from elsewhere. */
const LIST_KEYS: readonly Line[] = [
  [shortcutsText.move, ['Down', 'Up', 'J', 'K']],
  [shortcutsText.extend, ['Shift+Down', 'Shift+Up']],
  [shortcutsText.page, ['PageDown', 'PageUp']],
  [shortcutsText.ends, ['Home', 'End']],
  [shortcutsText.menu, ['Shift+F10']],
  [shortcutsText.toGrid, ['Esc']],
];

export function Shortcuts() {
  const { actions } = useApp();
  usePreferences(chosenKeysOf);
  const [editing, setEditing] = useState(false);
  const close = useView((state) => state.closePanel);
  const start = useRef<HTMLDivElement>(null);
  const lines = (group: Action['group']): Line[] => {
    const keyed = actions.all.filter((action) => action.group === group && keysOf(action).length > 0);
    const marks = keyed.filter((action) => action.swatch !== undefined);
    return keyed
      .filter((action) => !marks.includes(action) || action === marks[0])
      .map((action) =>
        action === marks[0]
          ? [shortcutsText.marks, marks.flatMap((mark) => keysOf(mark)[0] ?? [])]
          : [labelOf(action), keysOf(action)],
      );
  };
  const groups = ACTION_GROUPS.map((group) => [groupText[group], lines(group)] as const);
  return (
    <Dialog
      open
      wide
      title={shortcutsText.title}
      description={shortcutsText.description}
      initialFocus={start}
      footer={
        <Button onClick={() => setEditing(!editing)}>
          {editing ? shortcutsText.done : shortcutsText.edit}
        </Button>
      }
      onClose={close}
    >
      <div ref={start} tabIndex={-1} className={editing ? styles.whole : styles.columns}>
        {editing ? <ShortcutEditor /> : null}
        {(editing ? [] : [...groups, [shortcutsText.list, LIST_KEYS] as const])
          .filter(([, keys]) => keys.length > 0)
          .map(([title, keys]) => (
            <section key={title} className={styles.group}>
              <h3 className={styles.title}>{title}</h3>
              <dl>
                {keys.map(([label, shortcuts]) => (
                  <div key={label} className={styles.line}>
                    <dt>{label}</dt>
                    <dd>
                      {shortcuts.map((shortcut) => (
                        <Kbd key={shortcut} keys={shortcut} spoken />
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </Dialog>
  );
}
