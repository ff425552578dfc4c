/** What people have said of a group of findings, and the ways to say something. */
import { useState } from 'react';
import { Severity as Severities, type Severity } from '#model/session.ts';
import { isOpen, type TriagedGroup } from '#model/triage.ts';
import { severityWords } from '../../text/session-words.ts';
import { Badge, type Tone } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import { exactly, openAgain, withSeverity } from './said.ts';
import styles from './Triage.module.css';
import { TriageForm } from './TriageForm.tsx';
import { findingsText } from './text.ts';
import { useTriage } from './use-triage.ts';

const TONES: Readonly<Record<TriagedGroup['triage']['state'], Tone>> = {
  open: 'neutral',
  reopened: 'warn',
  accepted: 'info',
  'false-positive': 'neutral',
  fixed: 'ok',
};

export function StateBadge({ state }: { readonly state: TriagedGroup['triage']['state'] }) {
  return <Badge tone={TONES[state]}>{findingsText.states[state]}</Badge>;
}

export function TriageBar({ group }: { readonly group: TriagedGroup }) {
  const say = useTriage();
  const [form, setForm] = useState<'accepted' | 'false-positive'>();
  const { state, reason } = group.triage;
  return (
    <section className={styles.triage} aria-label={findingsText.triage}>
      <div className={styles.bar}>
        <StateBadge state={state} />
        {isOpen(state) ? (
          <>
            <Button size="small" onClick={() => setForm('accepted')}>
              {findingsText.accept}
            </Button>
            <Button size="small" onClick={() => setForm('false-positive')}>
              {findingsText.falsePositive}
            </Button>
            <Button size="small" onClick={() => void say({ ...exactly(group), status: 'fixed' })}>
              {findingsText.markFixed}
            </Button>
          </>
        ) : (
          <Button size="small" onClick={() => void say(openAgain(group))}>
            {findingsText.openAgain}
          </Button>
        )}
        <Select<Severity>
          label={findingsText.severity}
          className={styles.severity}
          value={group.triage.severity}
          options={Severities.options.toReversed().map((value) => ({
            value,
            label:
              value === group.severity ? findingsText.asFound(severityWords[value]) : severityWords[value],
          }))}
          onChange={(severity) => void say(withSeverity(group, severity))}
        />
      </div>
      {state === 'reopened' ? <p className={styles.said}>{findingsText.reopenedLead}</p> : null}
      {reason === undefined ? null : (
        <p className={styles.said}>
          <Visible text={findingsText.because(reason)} />
        </p>
      )}
      {form === undefined ? null : (
        <TriageForm key={form} group={group} status={form} say={say} onDone={() => setForm(undefined)} />
      )}
    </section>
  );
}
