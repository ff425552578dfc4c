/** The user's own patterns of what is a secret: the list of them, and a field for another. They are kept for the next export. */
import { X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { keepPatterns } from '../../state/exporting.ts';
import { redactionText as words } from '../../text/redaction.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './ExportDialog.module.css';

export interface OwnPatternsProps {
  readonly patterns: readonly string[];
  /** What the host says of the last one. */
  readonly problem: string | undefined;
}

export function OwnPatterns({ patterns, problem }: OwnPatternsProps) {
  const [text, setText] = useState('');
  const [full, setFull] = useState(false);
  const add = () => {
    const pattern = text.trim();
    if (pattern === '') return;
    const kept = keepPatterns([...patterns.filter((one) => one !== pattern), pattern]);
    setFull(!kept);
    if (kept) setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    add();
  };
  return (
    <div className={styles.patterns}>
      {patterns.map((pattern) => (
        <span key={pattern} className={styles.pattern}>
          <code>{pattern}</code>
          <IconButton
            label={words.removePattern(pattern)}
            size="small"
            onClick={() => keepPatterns(patterns.filter((one) => one !== pattern))}
          >
            <X size={13} />
          </IconButton>
        </span>
      ))}
      <div className={styles.patternField}>
        <Field label={words.pattern} help={words.patternHelp} error={full ? words.tooManyPatterns : problem}>
          <div className={styles.patternRow}>
            <Input
              mono
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={onKeyDown}
            />
            <Button disabled={text.trim() === ''} onClick={add}>
              {words.addPattern}
            </Button>
          </div>
        </Field>
      </div>
    </div>
  );
}
