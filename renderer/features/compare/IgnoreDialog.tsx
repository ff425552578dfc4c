/** The list of fields that do not count in comparisons: seen, added to, taken from. */
import { X } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { countFieldAgain, ignoredFieldsOf, ignoreField } from '../../state/compare.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Input } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './Compare.module.css';
import { compareText } from './text.ts';

export function IgnoreDialog({ onClose }: { readonly onClose: () => void }) {
  const values = usePreferences((state) => state.values);
  const fields = ignoredFieldsOf({ values });
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!ignoreField(text)) toast(compareText.ignoreFull, { tone: 'err' });
    else setText('');
  };
  return (
    <Dialog
      open
      title={compareText.ignoreTitle}
      description={compareText.ignoreHelp}
      initialFocus={input}
      onClose={onClose}
    >
      <form className={styles.ignoreForm} onSubmit={add}>
        <Input
          ref={input}
          mono
          aria-label={compareText.ignoreLabel}
          placeholder="response.body.updatedAt"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" disabled={text.trim() === ''}>
          {compareText.ignoreAdd}
        </Button>
      </form>
      {fields.length === 0 ? (
        <p className={styles.hint}>{compareText.ignoreNone}</p>
      ) : (
        <ul className={styles.ignored} aria-label={compareText.ignoreTitle}>
          {fields.map((field) => (
            <li key={field}>
              <code>{field}</code>
              <IconButton
                label={compareText.ignoreAgain(field)}
                size="small"
                onClick={() => countFieldAgain(field)}
              >
                <X size={13} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
