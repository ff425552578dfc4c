/**
 * Before an export: what leaves, which secrets are masked in it, and the choice to leave one, all, or to mask more. Masking is what happens
 * unless somebody decides otherwise here, each time.
 */
import { useMemo, useRef, useState } from 'react';
import type { ExportSelection } from '#model/contract/contract.ts';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import { patternsOf, useExporting } from '../../state/exporting.ts';
import { useHost } from '../../state/host.ts';
import { usePreferences } from '../../state/preferences.ts';
import { commonText } from '../../text/common.ts';
import { fileText } from '../../text/files.ts';
import { redactionText as words } from '../../text/redaction.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { focusedElement } from '../../ui/focus.ts';
import { Progress } from '../../ui/Progress.tsx';
import { Select } from '../../ui/Select.tsx';
import { toast } from '../../ui/toast.ts';
import { Segmented } from '../../views/parts/Segmented.tsx';
import styles from './ExportDialog.module.css';
import { exportFile, exportName } from './export-file.ts';
import { MaskedSecrets } from './MaskedSecrets.tsx';
import { OwnPatterns } from './OwnPatterns.tsx';
import { useExportPreview } from './use-export-preview.ts';

export function ExportDialog() {
  const what = useExporting((state) => state.what);
  return what === undefined ? null : <Open what={what} />;
}

const MODES = [
  { value: 'mask', label: words.mask },
  { value: 'off', label: words.asCaptured },
] as const;
type Mode = (typeof MODES)[number]['value'];

function Open({ what }: { readonly what: ExportSelection }) {
  const { rpc } = useApp();
  const [before] = useState(focusedElement);
  const [mode, setMode] = useState<Mode>('mask');
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const go = useRef<HTMLButtonElement>(null);
  const stored = usePreferences((state) => state.values['redaction.patterns']);
  // One list for one text: the preview is asked for anew when it is another.
  const patterns = useMemo(() => patternsOf({ values: { 'redaction.patterns': stored ?? '[]' } }), [stored]);
  const { preview, problem } = useExportPreview(what, patterns);
  const { close } = useExporting.getState();
  const formats = useHost((state) => state.info?.formats)?.filter(({ writes }) => writes) ?? [];
  const [formatId, setFormat] = useState('har');
  const format = formats.find(({ id }) => id === formatId);
  const [password, setPassword] = useState('');

  const keep = (id: string, on: boolean) => {
    const next = new Set(kept);
    if (on) next.add(id);
    else next.delete(id);
    setKept(next);
  };
  const start = () => {
    close();
    const redaction = mode === 'off' ? mode : { patterns: [...patterns], keep: [...kept] };
    const name = exportName(useHost.getState().info?.capture ?? '', format?.extensions[0]);
    const form = {
      ...(format === undefined ? {} : { format: format.id }),
      ...(format?.password && password !== '' ? { password } : {}),
    };
    exportFile(rpc, { ...what, ...form, redaction }, name).catch((cause: unknown) =>
      toast(toSluiceError(cause).message, { tone: 'err' }),
    );
  };

  return (
    <Dialog
      open
      wide
      title={words.title(preview?.total)}
      onClose={close}
      initialFocus={go}
      finalFocus={() => before}
      footer={
        <>
          <Button onClick={close}>{commonText.cancel}</Button>
          <Button ref={go} variant="primary" onClick={start}>
            {words.export}
          </Button>
        </>
      }
    >
      <div className={styles.content}>
        <div className={styles.head}>
          <span className={styles.label}>{fileText.format}</span>
          <Select
            label={fileText.format}
            value={formatId}
            options={formats.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={setFormat}
          />
        </div>
        {format?.password ? (
          <Field label={fileText.password} help={fileText.passwordHelp}>
            <Input
              type="password"
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </Field>
        ) : null}
        <div className={styles.head}>
          <span className={styles.label}>{words.secrets}</span>
          <Segmented label={words.secrets} value={mode} options={MODES} onChange={setMode} />
        </div>
        {preview?.done ? <p className={styles.text}>{words.leaves(preview.total, preview.bytes)}</p> : null}
        {mode === 'off' ? <p className={styles.warning}>{words.asCapturedWarning}</p> : null}
        {mode === 'mask' && preview?.redaction ? (
          <MaskedSecrets summary={preview.redaction} kept={kept} onKeep={keep} />
        ) : null}
        {preview?.done || problem !== undefined ? null : (
          <Progress
            label={words.looking(preview?.looked ?? 0, preview?.total ?? 0)}
            value={preview && preview.total > 0 ? preview.looked / preview.total : null}
          />
        )}
        {mode === 'mask' ? <OwnPatterns patterns={patterns} problem={problem} /> : null}
      </div>
    </Dialog>
  );
}
