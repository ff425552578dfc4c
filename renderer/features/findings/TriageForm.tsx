/** Accepts findings or calls them false, with a reason, for all that three patterns fit. */
import { type FormEvent, useState } from 'react';
import type { TriagedGroup } from '#model/triage.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { exactly } from './said.ts';
import styles from './Triage.module.css';
import { findingsText } from './text.ts';
import type { Said } from './use-triage.ts';

export interface TriageFormProps {
  readonly group: TriagedGroup;
  readonly status: 'accepted' | 'false-positive';
  readonly say: (said: Said) => Promise<boolean>;
  readonly onDone: () => void;
}

const PATTERNS = ['check', 'endpoint', 'parameter'] as const;

export function TriageForm({ group, status, say, onDone }: TriageFormProps) {
  const [said, setSaid] = useState<Said>(() => exactly(group));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = status === 'false-positive' && reason.trim() === '';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing) return;
    const patterns = Object.fromEntries(
      PATTERNS.map((name) => [name, said[name]] as const).filter(
        ([, value = '']) => value !== '' && value !== '*',
      ),
    );
    if (await say({ ...patterns, status, ...(reason.trim() === '' ? {} : { reason }) })) onDone();
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <Field label={findingsText.reason} error={tried && missing ? findingsText.reasonNeeded : undefined}>
        <Input autoFocus value={reason} onChange={({ target }) => setReason(target.value)} />
      </Field>
      <div className={styles.patterns}>
        {PATTERNS.map((name) => (
          <Field key={name} label={findingsText[name]}>
            <Input
              mono
              value={said[name] ?? ''}
              onChange={({ target }) => setSaid({ ...said, [name]: target.value })}
            />
          </Field>
        ))}
      </div>
      <p className={styles.help}>{findingsText.appliesTo}</p>
      <div className={styles.bar}>
        <Button type="submit" size="small" variant="primary">
          {findingsText.save[status]}
        </Button>
        <Button size="small" variant="ghost" onClick={onDone}>
          {findingsText.cancel}
        </Button>
      </div>
    </form>
  );
}
