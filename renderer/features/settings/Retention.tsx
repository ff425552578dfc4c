/** What the capture keeps: limits that people set, and what has been dropped by them so far. Nothing changes before it is applied. */
import { useState } from 'react';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import { useHost } from '../../state/host.ts';
import { settingsText } from '../../text/settings.ts';
import { Button } from '../../ui/Button.tsx';
import { Input } from '../../ui/Field.tsx';
import { toast } from '../../ui/toast.ts';
import { Group, Row } from './Group.tsx';
import { formOf, type RetentionForm, readForm } from './retention-form.ts';
import styles from './Settings.module.css';

const FIELDS = [
  { name: 'keepLast', ...settingsText.keepLast },
  { name: 'keepBytes', ...settingsText.keepBytes },
  { name: 'dropBodiesOver', ...settingsText.dropBodiesOver },
] as const;

export function Retention() {
  const { rpc } = useApp();
  const status = useHost((state) => state.status);
  const [edited, setEdited] = useState<RetentionForm | undefined>(undefined);
  if (!status) return null;
  const form = edited ?? formOf(status.retention);
  const read = readForm(form);
  const problems = 'problems' in read ? read.problems : {};
  const apply = () => {
    if (!('policy' in read)) return;
    rpc.call('app.setRetention', read.policy).then(
      () => {
        setEdited(undefined);
        toast(settingsText.retentionApplied);
      },
      (cause: unknown) => toast(toSluiceError(cause).message, { tone: 'err' }),
    );
  };
  return (
    <Group title={settingsText.retention}>
      {FIELDS.map(({ name, label, help, placeholder }) => (
        <Row key={name} label={label} help={problems[name] ?? help}>
          <Input
            className={styles.limit}
            aria-label={label}
            aria-invalid={problems[name] !== undefined}
            placeholder={placeholder}
            value={form[name]}
            onChange={(event) => setEdited({ ...form, [name]: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === 'Enter') apply();
            }}
          />
        </Row>
      ))}
      <Row label={settingsText.dropped} help={settingsText.droppedHelp}>
        <span className={styles.plain}>{settingsText.droppedSoFar(status.losses)}</span>
        {edited === undefined ? null : (
          <>
            <Button size="small" variant="ghost" onClick={() => setEdited(undefined)}>
              {settingsText.retentionUndo}
            </Button>
            <Button size="small" disabled={!('policy' in read)} onClick={apply}>
              {settingsText.retentionApply}
            </Button>
          </>
        )}
      </Row>
    </Group>
  );
}
