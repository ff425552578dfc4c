/** What stands above a body: what it is, how large, the ways to view it, and taking it away. */
import { Download, EllipsisVertical } from 'lucide-react';
import { useApp } from '../../app.ts';
import { commonText } from '../../text/common.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { toast } from '../../ui/toast.ts';
import { decodeText } from '../content/charset.ts';
import { formatInWorker } from '../format/client.ts';
import type { FormatLanguage } from '../format/format.ts';
import { hexDump } from '../hex/hex-rows.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import { viewsText } from '../text.ts';
import styles from './BodyToolbar.module.css';
import { useBodyPreferences } from './body-preferences.ts';
import type { BodyStart } from './body-ranges.ts';
import type { BodyMode } from './body-view-mode.ts';

const LABELS: Readonly<Record<BodyMode, string>> = {
  pretty: viewsText.pretty,
  tree: viewsText.tree,
  preview: viewsText.preview,
  raw: viewsText.raw,
  image: viewsText.image,
  hex: viewsText.hex,
};

export interface BodyToolbarProps {
  readonly label: string;
  readonly size: string;
  readonly mode: BodyMode;
  readonly modes: readonly BodyMode[];
  readonly onMode: (mode: BodyMode) => void;
  readonly coded: boolean;
  readonly asSent: boolean;
  readonly onAsSent: (asSent: boolean) => void;
  /** Address that answers with the body as a file. */
  readonly download: string;
  readonly start: BodyStart;
  readonly contentType: string | undefined;
  /** Copies as laid out in this language. */
  readonly pretty?: FormatLanguage | undefined;
}

export function BodyToolbar(props: BodyToolbarProps) {
  const { label, size, mode, modes, onMode, coded, asSent, onAsSent, download, start, contentType, pretty } =
    props;
  const { wrap, setWrap } = useBodyPreferences();
  const { platform } = useApp();
  const copyText = async () => {
    const { text } = decodeText(start.data, contentType, start.data.length < start.total);
    if (pretty === undefined || start.data.length < start.total) return text;
    const answer = await formatInWorker(pretty, text, new AbortController().signal);
    return answer.ok ? answer.formatted.text : text;
  };
  const dump = () => hexDump(start.data, 0);
  return (
    <div className={styles.bar}>
      <span className={styles.what}>
        <span className={styles.label}>{label}</span>
        <span className={styles.size}>{size}</span>
      </span>
      {modes.length > 1 ? (
        <Segmented
          label={viewsText.view}
          value={mode}
          options={modes.map((value) => ({ value, label: LABELS[value] }))}
          onChange={onMode}
        />
      ) : null}
      <span className={styles.tools}>
        {mode === 'image' ? null : (
          <CopyButton label={viewsText.copyBody} text={mode === 'hex' ? dump : copyText} />
        )}
        <IconButton
          label={viewsText.download}
          size="small"
          nativeButton={false}
          render={<a href={download} download />}
        >
          <Download size={14} />
        </IconButton>
        <Menu
          entries={[
            { id: 'wrap', label: viewsText.wrap, checked: wrap, onSelect: () => setWrap(!wrap) },
            ...(coded
              ? [{ id: 'sent', label: viewsText.asSent, checked: asSent, onSelect: () => onAsSent(!asSent) }]
              : []),
            'separator',
            {
              id: 'hex',
              label: viewsText.copyHex,
              onSelect: () => {
                void platform.copyText(dump()).then(() => toast(commonText.copied, { tone: 'ok' }));
              },
            },
          ]}
        >
          <IconButton label={viewsText.more} size="small">
            <EllipsisVertical size={14} />
          </IconButton>
        </Menu>
      </span>
    </div>
  );
}
