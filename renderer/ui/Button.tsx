/** A push button with text. `primary` once per view at most; `ghost` inside dense bars. */
import { Button as Base } from '@base-ui/react/button';
import type { ComponentProps } from 'react';
import styles from './Button.module.css';
import { cx } from './cx.ts';

export interface ButtonProps extends Omit<ComponentProps<typeof Base>, 'className'> {
  readonly variant?: 'default' | 'primary' | 'danger' | 'ghost';
  readonly size?: 'small' | 'normal';
  readonly className?: string | undefined;
}

export function Button({ variant = 'default', size = 'normal', className, ...rest }: ButtonProps) {
  return (
    <Base
      focusableWhenDisabled
      {...rest}
      className={cx(styles.button, styles[variant], styles[size], className)}
    />
  );
}
