/** A keyboard shortcut as people read it: `Ctrl+Shift+P` becomes three caps. Decoration: buttons say it with aria-keyshortcuts. */
import { displayShortcut } from '../actions/shortcut.ts';
import styles from './Kbd.module.css';

export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.kbd} aria-hidden="true">
      {displayShortcut(keys)}
    </span>
  );
}
