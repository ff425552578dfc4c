/** A square button with an icon alone: it must have a name, which is also its tooltip. */
import { Button as Base } from '@base-ui/react/button';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import styles from './IconButton.module.css';
import { Tooltip } from './Tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<typeof Base>, 'className' | 'aria-label'> {
  readonly label: string;
  readonly shortcut?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly size?: 'small' | 'normal';
  readonly className?: string | undefined;
}

export function IconButton(props: IconButtonProps) {
  const { label, shortcut, side = 'bottom', size = 'normal', className, ...rest } = props;
  return (
    <Tooltip label={label} shortcut={shortcut} side={side}>
      <Base
        focusableWhenDisabled
        aria-label={label}
        {...rest}
        className={cx(styles.button, styles[size], className)}
      />
    </Tooltip>
  );
}
