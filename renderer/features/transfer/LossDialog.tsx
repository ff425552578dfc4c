/** What a transfer could not represent: how often what, and session by session. */
import { unlistedLosses } from '#model/loss-report.ts';
import { useFiles } from '../../state/files.ts';
import { commonText } from '../../text/common.ts';
import { fileText as words } from '../../text/files.ts';
import { formatCount } from '../../text/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './LossDialog.module.css';

export function LossDialog() {
  const losses = useFiles((state) => state.losses);
  const close = () => useFiles.getState().showLosses(undefined);
  if (losses === undefined) return null;
  const more = unlistedLosses(losses);
  return (
    <Dialog
      open
      wide
      title={words.lossTitle}
      onClose={close}
      footer={<Button onClick={close}>{commonText.close}</Button>}
    >
      <dl className={styles.counts} aria-label={words.lossCounts}>
        {losses.counts.map(({ what, count }) => (
          <div key={what} className={styles.count}>
            <dt>{what}</dt>
            <dd className={styles.number}>{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must by keyboard */}
      <ul className={styles.losses} aria-label={words.lossSessions} tabIndex={0}>
        {losses.losses.map(({ session, what, detail }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <li key={i} className={styles.loss}>
            <span className={styles.session}>
              {session === 0 ? words.lossFile : words.lossSession(session)}
            </span>
            <span>{detail === undefined ? what : `${what}: ${detail}`}</span>
          </li>
        ))}
        {more > 0 ? <li className={styles.loss}>{words.lossMore(more)}</li> : null}
      </ul>
    </Dialog>
  );
}
