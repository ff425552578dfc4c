/** An action's icon or colour, as menus and the palette show it; nothing where it has neither. */
import type { Action } from './action.ts';

export interface ActionIconProps {
  readonly action: Action;
  /** In px. */
  readonly size: number;
}

export function ActionIcon({ action, size }: ActionIconProps) {
  const { icon: Icon, swatch } = action;
  if (Icon) return <Icon size={size} aria-hidden="true" />;
  if (!swatch) return null;
  const side = size - 3;
  return (
    <i
      aria-hidden="true"
      style={{ width: side, height: side, borderRadius: 3, background: `var(${swatch})` }}
    />
  );
}
