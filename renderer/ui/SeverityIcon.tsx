/** A shield whose inside differs by severity, so that it can be told without colour: exclamation, half, outline, dot. */
import type { Severity } from '#model/session.ts';
import { severityTone, severityWords } from '../text/session-words.ts';
import { cx } from './cx.ts';
import styles from './labels.module.css';

const SHIELD = 'M8 1.2l5.6 2v4.3c0 3.8-2.8 6.2-5.6 7.3-2.8-1.1-5.6-3.5-5.6-7.3V3.2z';

export interface SeverityIconProps {
  readonly severity: Severity;
  readonly size?: number;
  /** The name for screen readers; the severity's word unless given, none when "". */
  readonly label?: string;
}

export function SeverityIcon({ severity, size = 14, label = severityWords[severity] }: SeverityIconProps) {
  return (
    <span className={cx(styles.severity, styles[severityTone(severity)])}>
      <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
        <path
          d={SHIELD}
          fill={severity === 'high' ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinejoin="round"
        />
        {severity === 'high' ? (
          <path d="M8 4.5v4M8 10.7v.4" stroke="var(--bg)" strokeWidth="1.7" strokeLinecap="round" />
        ) : null}
        {severity === 'medium' ? (
          <path d="M8 1.2v13.6c2.8-1.1 5.6-3.5 5.6-7.3V3.2z" fill="currentColor" />
        ) : null}
        {severity === 'info' ? <circle cx="8" cy="7.8" r="1.5" fill="currentColor" /> : null}
      </svg>
      {label ? <span className="visually-hidden">{label}</span> : null}
    </span>
  );
}
