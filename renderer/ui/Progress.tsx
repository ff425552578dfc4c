/** Waiting: a spinner when nobody knows how long, a bar when it is known. Both say what is being waited for. */
import { Progress as Base } from '@base-ui/react/progress';
import { LoaderCircle } from 'lucide-react';
import styles from './Progress.module.css';

export function Spinner({ label, size = 16 }: { readonly label: string; readonly size?: number }) {
  return (
    <span role="status" className={styles.spinner}>
      <LoaderCircle size={size} aria-hidden="true" />
      <span className="visually-hidden">{label}</span>
    </span>
  );
}

export interface ProgressProps {
  readonly label: string;
  /** The label is for screen readers alone, where it stands beside the bar already. */
  readonly labelHidden?: boolean;
  /** From 0 to 1; null while the whole is unknown. */
  readonly value: number | null;
}

export function Progress({ label, labelHidden = false, value }: ProgressProps) {
  return (
    <Base.Root className={styles.progress} value={value} max={1}>
      <Base.Label className={labelHidden ? 'visually-hidden' : styles.label}>{label}</Base.Label>
      <Base.Track className={styles.track}>
        <Base.Indicator className={styles.indicator} />
      </Base.Track>
    </Base.Root>
  );
}
