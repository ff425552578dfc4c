/** Captured text in one run: isolated from its surroundings' direction, hidden characters as escapes that cannot be mistaken for text. */
import { visibleParts } from '../content/display-text.ts';
import styles from './Visible.module.css';

export interface VisibleProps {
  readonly text: string;
  readonly className?: string | undefined;
}

export function Visible({ text, className }: VisibleProps) {
  const parts = visibleParts(text);
  return (
    <bdi className={className}>
      {parts.length === 1 && parts[0]?.escaped === false
        ? text
        : parts.map((part, i) =>
            part.escaped ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
              <span key={i} className={styles.escape}>
                {part.text}
              </span>
            ) : (
              part.text
            ),
          )}
    </bdi>
  );
}
