/** Names and values as rows: the query of an address, cookies. An empty row at the end takes the next one. */
import { Trash2 } from 'lucide-react';
import { Input } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './HeaderRows.module.css';
import type { Pair } from './request-pairs.ts';
import { composerText } from './text.ts';

export interface PairRowsProps {
  /** "Query", "Cookie". */
  readonly what: string;
  readonly pairs: readonly Pair[];
  readonly onChange: (pairs: readonly Pair[]) => void;
}

const EMPTY: Pair = { name: '', value: '' };

export function PairRows({ what, pairs, onChange }: PairRowsProps) {
  const set = (at: number, pair: Pair) => onChange(pairs.toSpliced(at, 1, pair));
  return (
    <div className={styles.root}>
      {[...pairs, EMPTY].map((pair, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place alone
        <div key={i} className={styles.pair}>
          <Input
            mono
            aria-label={composerText.pairName(what)}
            placeholder={composerText.namePlaceholder}
            value={pair.name}
            className={styles.name}
            onChange={({ currentTarget }) => set(i, { ...pair, name: currentTarget.value })}
          />
          <Input
            mono
            aria-label={composerText.pairValue(what)}
            placeholder={composerText.valuePlaceholder}
            value={pair.value}
            className={styles.value}
            onChange={({ currentTarget }) => set(i, { ...pair, value: currentTarget.value })}
          />
          {i < pairs.length ? (
            <IconButton
              label={composerText.removePair(what, pair.name)}
              size="small"
              onClick={() => onChange(pairs.toSpliced(i, 1))}
            >
              <Trash2 size={13} />
            </IconButton>
          ) : null}
        </div>
      ))}
    </div>
  );
}
