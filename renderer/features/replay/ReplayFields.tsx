/** The fields of the replay dialog, by what they decide: how fast, what changes, which answers matter. */
import { Plus, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Segmented } from '../../views/parts/Segmented.tsx';
import styles from './Replay.module.css';
import { type FieldName, needsScope, type ReplayForm, type VariedPart } from './replay-form.ts';
import { replayText as words } from './text.ts';

export interface ReplayFieldsProps {
  readonly form: ReplayForm;
  readonly problems: ReadonlyMap<FieldName, string>;
  readonly onChange: (change: Partial<ReplayForm>) => void;
}

type TextField = {
  [K in keyof ReplayForm]: ReplayForm[K] extends string ? (string extends ReplayForm[K] ? K : never) : never;
}[keyof ReplayForm];
type CheckField = 'unconditional' | 'zip' | 'stopFailure' | 'stopChange';

const PACES = (['paced', 'original', 'together'] as const).map((value) => ({
  value,
  label: words.paces[value],
}));

export function ReplayFields({ form, problems, onChange }: ReplayFieldsProps) {
  const text = (field: TextField, label: string, options: { help?: string; placeholder?: string } = {}) => (
    <Field label={label} error={problems.get(field)} help={options.help}>
      <Input
        mono
        value={form[field]}
        placeholder={options.placeholder}
        onChange={({ currentTarget }) => onChange({ [field]: currentTarget.value })}
      />
    </Field>
  );
  const check = (field: CheckField, label: string) => (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={form[field]}
        onChange={({ target }) => onChange({ [field]: target.checked })}
      />
      {label}
    </label>
  );
  const { pace } = form;
  return (
    <div className={styles.fields}>
      <Section title={words.pace}>
        {form.scenario ? null : (
          <Segmented
            label={words.pace}
            value={pace}
            options={PACES}
            onChange={(next) => onChange({ pace: next })}
          />
        )}
        {words.paceHelp[pace] === '' ? null : <p className={styles.help}>{words.paceHelp[pace]}</p>}
        <div className={styles.numbers}>
          {text('count', words.count)}
          {pace === 'paced' ? (
            <>
              {text('rate', words.rate)}
              {form.scenario ? null : text('parallel', words.parallel)}
              {text('delay', words.delay)}
              {text('ramp', words.ramp)}
            </>
          ) : null}
          {pace === 'original' ? text('speed', words.speed) : null}
        </div>
        {needsScope(form) || pace === 'original'
          ? text('scope', words.scope, { help: words.scopeHelp })
          : null}
      </Section>
      <Section title={words.varied}>
        <Varied varied={form.varied} problems={problems} onChange={(varied) => onChange({ varied })} />
        {form.varied.length > 1 ? check('zip', words.zip) : null}
        <div className={styles.pair}>
          {text('origin', words.origin, { placeholder: words.originPlaceholder })}
          {check('unconditional', words.unconditional)}
        </div>
      </Section>
      <Section title={words.answers}>
        <div className={styles.three}>
          {text('extract', words.extract, { placeholder: words.extractPlaceholder })}
          {text('stopStatus', words.stopStatus, { placeholder: words.stopStatusPlaceholder })}
          {text('stopPattern', words.stopPattern)}
        </div>
        <div className={styles.checks}>
          {check('stopFailure', words.stopFailure)}
          {check('stopChange', words.stopChange)}
        </div>
      </Section>
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h3 id={id} className={styles.sectionTitle}>
        {title}
      </h3>
      {children}
    </section>
  );
}

interface VariedProps {
  readonly varied: readonly VariedPart[];
  readonly problems: ReadonlyMap<FieldName, string>;
  readonly onChange: (varied: readonly VariedPart[]) => void;
}

function Varied({ varied, problems, onChange }: VariedProps) {
  const change = (key: number, next: Partial<VariedPart>) =>
    onChange(varied.map((one) => (one.key === key ? { ...one, ...next } : one)));
  const add = () =>
    onChange([...varied, { key: Math.max(0, ...varied.map(({ key }) => key)) + 1, part: '', values: '' }]);
  return (
    <>
      {varied.map(({ key, part, values }) => {
        const problem = problems.get(`varied.${key}`);
        return (
          <div key={key} className={styles.varied}>
            <Input
              mono
              aria-label={words.part}
              placeholder={words.partPlaceholder}
              value={part}
              autoFocus={part === '' && values === ''}
              onChange={({ currentTarget }) => change(key, { part: currentTarget.value })}
            />
            <Input
              mono
              aria-label={words.values}
              placeholder={words.valuesPlaceholder}
              value={values}
              aria-invalid={problem !== undefined}
              onChange={({ currentTarget }) => change(key, { values: currentTarget.value })}
            />
            <IconButton
              label={words.removePart(part)}
              size="small"
              onClick={() => onChange(varied.filter((one) => one.key !== key))}
            >
              <Trash2 size={14} />
            </IconButton>
            {problem === undefined ? null : <p className={styles.problem}>{problem}</p>}
          </div>
        );
      })}
      <div className={styles.addRow}>
        <Button size="small" onClick={add}>
          <Plus size={14} aria-hidden="true" />
          {words.addPart}
        </Button>
        <span className={styles.help}>{words.variedHelp}</span>
      </div>
    </>
  );
}
