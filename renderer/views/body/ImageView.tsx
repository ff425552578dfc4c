/** An image body, drawn by the browser from our own origin as <img> and nothing else: an SVG in it can neither run scripts nor fetch. */
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { viewsText } from '../text.ts';
import styles from './ImageView.module.css';

export interface ImageViewProps {
  readonly address: string;
  readonly onShowHex: () => void;
}

export function ImageView({ address, onShowHex }: ImageViewProps) {
  const [failed, setFailed] = useState<string | undefined>(undefined);
  const [size, setSize] = useState<string | undefined>(undefined);
  if (failed === address)
    return (
      <EmptyState
        title={viewsText.imageFailed}
        actions={<Button onClick={onShowHex}>{viewsText.showHex}</Button>}
      />
    );
  return (
    <figure className={styles.root}>
      <div className={styles.board}>
        <img
          src={address}
          alt={viewsText.imageAlt}
          onError={() => setFailed(address)}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setSize(naturalWidth > 0 ? viewsText.imageSize(naturalWidth, naturalHeight) : undefined)
          }
        />
      </div>
      <figcaption className={styles.caption}>{size ?? '\u00a0'}</figcaption>
    </figure>
  );
}
