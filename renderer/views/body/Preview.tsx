/** A body as a person would meet it: a page, a sound, a film, a font. The page is inert (harmless-html.ts, and a frame that may do nothing). */
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { decodeText } from '../content/charset.ts';
import type { BodyKind } from '../content/classify.ts';
import { Notice } from '../parts/Notice.tsx';
import { viewsText } from '../text.ts';
import type { BodyStart } from './body-ranges.ts';
import { harmlessHtml } from './harmless-html.ts';
import styles from './Preview.module.css';

export interface PreviewProps {
  readonly kind: BodyKind;
  readonly start: BodyStart;
  readonly contentType: string | undefined;
  /** Where the whole body is. */
  readonly address: string;
  /** Shown when it cannot be. */
  readonly fallback: ReactNode;
}

export function Preview(props: PreviewProps) {
  switch (props.kind) {
    case 'audio':
    case 'video':
      return <Media {...props} />;
    case 'font':
      return <Font {...props} />;
    default:
      return <Page {...props} />;
  }
}

function Page({ start, contentType }: PreviewProps) {
  const html = useMemo(
    () => harmlessHtml(decodeText(start.data, contentType, start.data.length < start.total).text),
    [start, contentType],
  );
  return (
    <>
      <Notice>{viewsText.previewNote}</Notice>
      <iframe className={styles.page} title={viewsText.previewLabel} sandbox="" srcDoc={html} />
    </>
  );
}

function Media({ kind, address, fallback }: PreviewProps) {
  const [failed, setFailed] = useState(false);
  if (failed)
    return (
      <>
        <Notice tone="warn">{viewsText.mediaFailed}</Notice>
        {fallback}
      </>
    );
  const Player = kind === 'audio' ? 'audio' : 'video';
  return (
    <div className={styles.media}>
      <Player controls preload="metadata" src={address} onError={() => setFailed(true)} />
    </div>
  );
}

const SIZES = [14, 20, 32, 48];
let fonts = 0;

function Font({ start, fallback }: PreviewProps) {
  const [family, setFamily] = useState<string | undefined | 'failed'>(undefined);
  useEffect(() => {
    fonts += 1;
    const name = `captured-${fonts}`;
    const face = new FontFace(name, start.data);
    face.load().then(
      () => {
        document.fonts.add(face);
        setFamily(name);
      },
      () => setFamily('failed'),
    );
    return () => void document.fonts.delete(face);
  }, [start]);
  if (family === 'failed')
    return (
      <>
        <Notice tone="warn">{viewsText.fontFailed}</Notice>
        {fallback}
      </>
    );
  return (
    <div className={styles.font}>
      {family === undefined
        ? null
        : SIZES.map((size) => (
            <p key={size} style={{ fontFamily: family, fontSize: size }}>
              {viewsText.fontSample}
            </p>
          ))}
    </div>
  );
}
