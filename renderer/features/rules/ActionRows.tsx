/** The actions of a rule, one row each: its kind, and the fields that kind has. */
import { Plus, X } from 'lucide-react';
import type { ActionName } from '#model/rules/action.ts';
import { rulesText } from '../../text/rules.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ACTION_NAMES, type ActionField, type ActionText, actionFields, blankAction } from './action-form.ts';
import styles from './Rules.module.css';

export interface ActionRowsProps {
  readonly actions: readonly ActionText[];
  readonly onChange: (actions: readonly ActionText[]) => void;
}

export function ActionRows({ actions, onChange }: ActionRowsProps) {
  const replace = (index: number, action: ActionText) => onChange(actions.with(index, action));
  return (
    <ol className={styles.actions}>
      {actions.map((action, index) => {
        const name = action.action as ActionName;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: actions have no name of their own
          <li key={index} className={styles.action} aria-label={rulesText.action(index)}>
            <select
              aria-label={rulesText.action(index)}
              value={name}
              onChange={({ target }) => replace(index, blankAction(target.value as ActionName))}
            >
              {ACTION_NAMES.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
            {actionFields(name).map((field) => (
              <ActionInput
                key={field.key}
                field={field}
                value={action[field.key] ?? ''}
                onChange={(value) => replace(index, { ...action, [field.key]: value })}
              />
            ))}
            <IconButton
              label={rulesText.removeAction(index)}
              size="small"
              onClick={() => onChange(actions.toSpliced(index, 1))}
            >
              <X size={14} />
            </IconButton>
          </li>
        );
      })}
      <li>
        <Button size="small" onClick={() => onChange([...actions, blankAction('set-header')])}>
          <Plus size={13} aria-hidden="true" />
          {rulesText.addAction}
        </Button>
      </li>
    </ol>
  );
}

interface ActionInputProps {
  readonly field: ActionField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Texts that are mostly longer than a line. */
const LONG = ['body', 'text', 'headers', 'patch', 'value'];

function ActionInput({ field, value, onChange }: ActionInputProps) {
  const { key, kind, optional, choices = [] } = field;
  const label = kind === 'json' ? `${key} (${rulesText.json})` : key;
  if (kind === 'choice' || kind === 'switch') {
    const options = kind === 'switch' ? ['true', 'false'] : choices;
    const words: Readonly<Record<string, string>> = { true: rulesText.yes, false: rulesText.no };
    return (
      <label className={styles.input}>
        {label}
        <select value={value} onChange={({ target }) => onChange(target.value)}>
          {optional ? <option value="">–</option> : null}
          {options.map((one) => (
            <option key={one} value={one}>
              {words[one] ?? one}
            </option>
          ))}
        </select>
      </label>
    );
  }
  const shared = {
    'aria-label': label,
    spellCheck: false,
    value,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  const long = LONG.includes(key);
  return (
    <div className={styles.input} data-long={long ? '' : undefined}>
      <span aria-hidden="true">{label}</span>
      {long ? (
        <textarea {...shared} rows={value.includes('\n') ? 4 : 1} />
      ) : (
        <input {...shared} type="text" inputMode={kind === 'number' ? 'decimal' : 'text'} />
      )}
    </div>
  );
}
