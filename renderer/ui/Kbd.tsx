/** A keyboard shortcut as people read it: `Ctrl+Shift+P` becomes "Ctrl Shift P". Decoration, unless it is what the text is about. */
import { displayShortcut } from '../actions/shortcut.ts';
import styles from './Kbd.module.css';

export interface KbdProps {
  readonly keys: string;
  /** Read out too. Buttons say their keys with aria-keyshortcuts instead. */
  readonly spoken?: boolean;
}

export function Kbd({ keys, spoken = false }: KbdProps) {
  return (
    <kbd className={styles.kbd} aria-hidden={spoken ? undefined : 'true'}>
      {displayShortcut(keys)}
    </kbd>
  );
}
