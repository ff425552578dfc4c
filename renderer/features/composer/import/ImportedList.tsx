/** The requests of a file, each with a box to choose it by. Of very many the first are shown; finding narrows them. */
import { Checkbox } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import type { ImportedRequest } from '#formats/requests/imported-request.ts';
import { MethodLabel } from '../../../ui/MethodLabel.tsx';
import { Visible } from '../../../views/parts/Visible.tsx';
import { composerText } from '../text.ts';
import { MOST_SHOWN, titleOf } from './found-requests.ts';
import styles from './ImportRequests.module.css';

export interface ImportedListProps {
  readonly requests: readonly ImportedRequest[];
  readonly chosen: ReadonlySet<ImportedRequest>;
  readonly onToggle: (requests: readonly ImportedRequest[], on: boolean) => void;
}

export function ImportedList({ requests, chosen, onToggle }: ImportedListProps) {
  const shown = requests.slice(0, MOST_SHOWN);
  const all = requests.length > 0 && requests.every((one) => chosen.has(one));
  const some = requests.some((one) => chosen.has(one));
  return (
    <div className={styles.list}>
      <div className={styles.item}>
        <Box
          label={composerText.importAll(requests.length)}
          on={all}
          partly={some && !all}
          onChange={(on) => onToggle(requests, on)}
        />
        <span className={styles.all} aria-hidden="true">
          {composerText.importAll(requests.length)}
        </span>
      </div>
      <ul aria-label={composerText.importList}>
        {shown.map((request, i) => {
          const title = titleOf(request);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: requests of a file have no identity of their own, and do not move
            <li key={i} className={styles.item}>
              <Box label={title} on={chosen.has(request)} onChange={(on) => onToggle([request], on)} />
              <span className={styles.method}>
                <MethodLabel row={{ method: request.method, kind: 'http' }} />
              </span>
              <span className={styles.name}>
                <Visible text={title} />
              </span>
              <span className={styles.url} title={request.url}>
                <Visible text={request.url} />
              </span>
            </li>
          );
        })}
      </ul>
      {requests.length > shown.length ? (
        <p className={styles.more}>{composerText.importMore(requests.length - shown.length)}</p>
      ) : null}
    </div>
  );
}

interface BoxProps {
  readonly label: string;
  readonly on: boolean;
  readonly partly?: boolean;
  readonly onChange: (on: boolean) => void;
}

function Box({ label, on, partly = false, onChange }: BoxProps) {
  return (
    <Checkbox.Root
      className={styles.check}
      aria-label={label}
      checked={on}
      indeterminate={partly}
      onCheckedChange={onChange}
    >
      <Checkbox.Indicator className={styles.tick}>
        <Check size={12} />
      </Checkbox.Indicator>
    </Checkbox.Root>
  );
}
