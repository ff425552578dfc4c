/** The secrets that an export would mask, each with its kind, a sample, how often and where; one that is unticked stays as it is. */
import { Checkbox } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import type { RedactionSummary } from '#model/redaction.ts';
import { redactionText as words } from '../../text/redaction.ts';
import styles from './ExportDialog.module.css';

export interface MaskedSecretsProps {
  readonly summary: RedactionSummary;
  readonly kept: ReadonlySet<string>;
  readonly onKeep: (id: string, keep: boolean) => void;
}

export function MaskedSecrets({ summary, kept, onKeep }: MaskedSecretsProps) {
  const secrets = summary.kinds.reduce((sum, kind) => sum + kind.secrets, 0);
  const count = summary.kinds.reduce((sum, kind) => sum + kind.count, 0);
  const more = secrets - summary.secrets.length;
  return (
    <>
      <p className={styles.text}>{secrets === 0 ? words.none : words.masked(secrets, count)}</p>
      {secrets === 0 ? null : (
        <ul className={styles.secrets} aria-label={words.list}>
          {summary.secrets.map((secret) => (
            <li key={secret.id} className={styles.secret} data-kept={kept.has(secret.id)}>
              <Checkbox.Root
                className={styles.check}
                aria-label={words.maskOne(secret.kind, secret.sample)}
                checked={!kept.has(secret.id)}
                onCheckedChange={(mask) => onKeep(secret.id, !mask)}
              >
                <Checkbox.Indicator className={styles.tick}>
                  <Check size={12} />
                </Checkbox.Indicator>
              </Checkbox.Root>
              <span className={styles.kind}>{secret.kind}</span>
              <code className={styles.sample}>{secret.sample}</code>
              <span className={styles.times}>{words.times(secret.count)}</span>
              <span className={styles.where}>
                {kept.has(secret.id)
                  ? words.kept
                  : words.where(secret.sessions, secret.firstSession, secret.places)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {more > 0 ? <p className={styles.text}>{words.more(more)}</p> : null}
      {summary.unreadTotal > 0 ? <p className={styles.warning}>{words.unread(summary.unreadTotal)}</p> : null}
    </>
  );
}
