/** A labelled text input with optional help, and an error that takes the help's place. */
import { Field as Base } from '@base-ui/react/field';
import { Input as BaseInput } from '@base-ui/react/input';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Field.module.css';

export interface InputProps extends Omit<ComponentProps<typeof BaseInput>, 'className'> {
  readonly mono?: boolean;
  readonly className?: string | undefined;
}

export function Input({ mono = false, className, ...rest }: InputProps) {
  return (
    <BaseInput
      spellCheck={false}
      autoComplete="off"
      {...rest}
      className={cx(styles.input, mono && styles.mono, className)}
    />
  );
}

export interface FieldProps {
  readonly label: ReactNode;
  readonly help?: ReactNode;
  readonly error?: string | undefined;
  readonly className?: string;
  /** An Input, or another Base UI control. */
  readonly children: ReactNode;
}

export function Field({ label, help, error, className, children }: FieldProps) {
  return (
    <Base.Root className={cx(styles.field, className)} invalid={error !== undefined}>
      <Base.Label className={styles.label}>{label}</Base.Label>
      {children}
      {error === undefined ? (
        help && <Base.Description className={styles.help}>{help}</Base.Description>
      ) : (
        <Base.Error match className={styles.error}>
          {error}
        </Base.Error>
      )}
    </Base.Root>
  );
}
