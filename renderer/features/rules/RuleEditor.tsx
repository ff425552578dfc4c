/** A rule as a form, with what it means in a sentence below, and what it would have done to the capture. */
import { useState } from 'react';
import type { DryRun } from '#model/contract/rules.ts';
import { toSluiceError } from '#model/errors.ts';
import { explainRule } from '#model/rules/explain.ts';
import type { Rule } from '#model/rules/rule.ts';
import { useApp } from '../../app.ts';
import { rulesText } from '../../text/rules.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { toast } from '../../ui/toast.ts';
import { Visible } from '../../views/parts/Visible.tsx';
import { SessionLink } from '../inspector/SessionLink.tsx';
import { ActionRows } from './ActionRows.tsx';
import styles from './Rules.module.css';
import { draftOfRule, type RuleDraft, ruleOfDraft, URL_FORMS } from './rule-draft.ts';

export interface RuleEditorProps {
  readonly rule: Rule;
  readonly onSave: (rule: Rule) => void;
  readonly onDuplicate: (rule: Rule) => void;
  readonly onRemove: () => void;
}

export function RuleEditor({ rule, onSave, onDuplicate, onRemove }: RuleEditorProps) {
  const { rpc } = useApp();
  const [draft, setDraft] = useState<RuleDraft>(() => draftOfRule(rule));
  const [tried, setTried] = useState<DryRun>();
  const edit = (change: Partial<RuleDraft>) => setDraft((old) => ({ ...old, ...change }));
  const read = ruleOfDraft(draft);
  const changed = !read.ok || JSON.stringify(read.rule) !== JSON.stringify(rule);
  const text = (
    key: 'name' | 'group' | 'note' | 'request' | 'response' | 'chance' | 'times' | 'url',
    mono = true,
  ) => <Input mono={mono} value={draft[key]} onChange={({ target }) => edit({ [key]: target.value })} />;
  const tryOut = async () => {
    if (!read.ok) return;
    try {
      setTried(await rpc.call('rules.tryOut', { rule: read.rule }));
    } catch (cause) {
      toast(toSluiceError(cause).message, { tone: 'err' });
    }
  };
  return (
    <form
      className={styles.editor}
      aria-label={rule.name}
      onSubmit={(event) => {
        event.preventDefault();
        if (read.ok) onSave(read.rule);
      }}
    >
      <div className={styles.fields}>
        <Field label={rulesText.name}>{text('name', false)}</Field>
        <Field label={rulesText.group} help={rulesText.groupHelp}>
          {text('group', false)}
        </Field>
        <Field label={rulesText.requestFilter} help={rulesText.requestFilterHelp}>
          {text('request')}
        </Field>
        <Field label={rulesText.responseFilter} help={rulesText.responseFilterHelp}>
          {text('response')}
        </Field>
        <div className={styles.pair}>
          <Select
            label={rulesText.urlForm}
            value={draft.urlForm}
            options={URL_FORMS.map((value) => ({
              value,
              label: `${rulesText.urlForm} ${rulesText.urlForms[value]}`,
            }))}
            onChange={(urlForm) => edit({ urlForm })}
          />
          {draft.urlForm === 'none' ? null : (
            <Input
              mono
              aria-label={rulesText.urlText}
              value={draft.url}
              onChange={({ target }) => edit({ url: target.value })}
            />
          )}
        </div>
        <Field label={rulesText.times} help={rulesText.timesHelp}>
          {text('times')}
        </Field>
        <Field label={rulesText.chance} help={rulesText.chanceHelp}>
          {text('chance')}
        </Field>
        <Field label={rulesText.note}>{text('note', false)}</Field>
      </div>
      <h2 className={styles.part}>{rulesText.actions}</h2>
      <ActionRows actions={draft.actions} onChange={(actions) => edit({ actions })} />
      <p className={styles.explain} role="status" data-problem={read.ok ? undefined : ''}>
        <Visible text={read.ok ? explainRule(read.rule) : read.problem} />
      </p>
      <div className={styles.foot}>
        <Button type="submit" variant="primary" disabled={!read.ok || !changed}>
          {rulesText.save}
        </Button>
        <Button disabled={!changed} onClick={() => setDraft(draftOfRule(rule))}>
          {rulesText.revert}
        </Button>
        <Button disabled={!read.ok} onClick={() => void tryOut()}>
          {rulesText.tryOut}
        </Button>
        <Button onClick={() => onDuplicate(rule)}>{rulesText.duplicate}</Button>
        <Button onClick={onRemove}>{rulesText.remove}</Button>
      </div>
      {tried === undefined ? null : <Tried result={tried} />}
    </form>
  );
}

function Tried({ result }: { readonly result: DryRun }) {
  return (
    <section className={styles.tried}>
      <h2 className={styles.part}>{rulesText.tried(result.changed, result.total)}</h2>
      <ul>
        {result.examples.map(({ id, url, changes }) => (
          <li key={id}>
            <SessionLink id={id}>
              {id} <Visible text={url} />
            </SessionLink>
            {changes.map(({ part, before, after }) => (
              <p key={part} className={styles.change}>
                {part}: <Visible text={before ?? rulesText.nothing} /> →{' '}
                <Visible text={after ?? rulesText.nothing} />
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
