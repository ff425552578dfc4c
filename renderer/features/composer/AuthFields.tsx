/** The credentials of the Authorization header by their parts; the header is what is sent, and shows the same. */
import { Field, Input } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './Composer.module.css';
import type { Authorization } from './request-pairs.ts';
import { composerText as words } from './text.ts';

export interface AuthFieldsProps {
  readonly value: Authorization;
  readonly onChange: (value: Authorization) => void;
}

const FRESH: Readonly<Record<Authorization['kind'], Authorization>> = {
  none: { kind: 'none' },
  basic: { kind: 'basic', user: '', password: '' },
  bearer: { kind: 'bearer', token: '' },
  other: { kind: 'other', value: '' },
};
const KINDS = (['none', 'basic', 'bearer', 'other'] as const).map((value) => ({
  value,
  label: words.auths[value],
}));

export function AuthFields({ value, onChange }: AuthFieldsProps) {
  const text = (label: string, shown: string, change: (next: string) => Authorization) => (
    <Field label={label}>
      <Input mono value={shown} onChange={({ currentTarget }) => onChange(change(currentTarget.value))} />
    </Field>
  );
  return (
    <div className={styles.auth}>
      <Select
        label={words.auth}
        value={value.kind}
        options={KINDS}
        onChange={(kind) => onChange(FRESH[kind])}
      />
      {value.kind === 'basic' ? (
        <>
          {text(words.user, value.user, (user) => ({ ...value, user }))}
          {text(words.password, value.password, (password) => ({ ...value, password }))}
        </>
      ) : null}
      {value.kind === 'bearer' ? text(words.token, value.token, (token) => ({ ...value, token })) : null}
      {value.kind === 'other'
        ? text(words.credentials, value.value, (next) => ({ ...value, value: next }))
        : null}
    </div>
  );
}
