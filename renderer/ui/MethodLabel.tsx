/** A request method in its colour; the word itself carries the meaning. */
import type { SessionRow } from '#model/session.ts';
import { methodTone, methodWord } from '../text/session-words.ts';
import { cx } from './cx.ts';
import styles from './labels.module.css';

export function MethodLabel({ row }: { readonly row: Pick<SessionRow, 'method' | 'kind'> }) {
  const word = methodWord(row);
  return <span className={cx(styles.method, styles[methodTone(word)])}>{word}</span>;
}
