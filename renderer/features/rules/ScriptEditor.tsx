/** The source of one script to be edited, why it was switched off, and its console. */
import { useEffect, useRef, useState } from 'react';
import type { ScriptState } from '#model/scripts/script.ts';
import { useApp } from '../../app.ts';
import { useCall } from '../../rpc/use-rpc.ts';
import { formatClock } from '../../text/format.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { toast } from '../../ui/toast.ts';
import { CodeView } from '../../views/code/CodeView.tsx';
import { Notice } from '../../views/parts/Notice.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import styles from './Scripts.module.css';
import { scriptsText } from './scripts-text.ts';

export interface ScriptEditorProps {
  readonly script: ScriptState;
  /** Resolves with whether it was written. */
  readonly onSave: (text: string) => Promise<boolean>;
  readonly onRemove: () => void;
}

export function ScriptEditor({ script, onSave, onRemove }: ScriptEditorProps) {
  const { rpc } = useApp();
  const { data, error } = useCall('scripts.source', { file: script.file });
  const [saved, setSaved] = useState<string>();
  const [text, setText] = useState<string>();
  const source = saved ?? data?.text;
  const now = text ?? source ?? '';
  const changed = source !== undefined && now !== source;
  const save = async () => {
    if (!changed || !(await onSave(now))) return;
    setSaved(now);
    toast(scriptsText.saved, { tone: 'ok', timeout: 2500 });
  };
  const revert = async () => {
    // An editor elsewhere may have saved it meanwhile.
    const fresh = await rpc.call('scripts.source', { file: script.file });
    setSaved(fresh.text);
    setText(undefined);
  };
  return (
    <form
      className={styles.editor}
      aria-label={script.name}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
        event.preventDefault();
        void save();
      }}
    >
      <div className={styles.tools}>
        <b className={styles.name}>
          <Visible text={script.name} />
        </b>
        <span className={styles.path} title={script.file}>
          {script.fixed ? scriptsText.fixed : script.file}
        </span>
        <Button disabled={!changed} onClick={() => void revert()}>
          {scriptsText.revert}
        </Button>
        {script.fixed ? null : (
          <Button variant="danger" onClick={onRemove}>
            {scriptsText.remove}
          </Button>
        )}
        <Button type="submit" variant="primary" disabled={!changed}>
          {scriptsText.save}
        </Button>
      </div>
      {script.problem === undefined ? null : (
        <Notice tone="err">
          <Visible text={scriptsText.problem(script.problem.line, script.problem.message)} />{' '}
          {scriptsText.off}
        </Notice>
      )}
      {error ? <Notice tone="err">{error.message}</Notice> : null}
      <div className={styles.code}>
        {source === undefined ? null : (
          <CodeView text={now} language="typescript" label={scriptsText.source} onChange={setText} />
        )}
      </div>
      <Console lines={script.console} />
    </form>
  );
}

function Console({ lines }: { readonly lines: ScriptState['console'] }) {
  const end = useRef<HTMLOListElement>(null);
  const last = lines.at(-1)?.at;
  useEffect(() => {
    if (last !== undefined) end.current?.scrollTo({ top: end.current.scrollHeight });
  }, [last]);
  return (
    <section className={styles.console} aria-label={scriptsText.console}>
      <h2 className={styles.heading}>{scriptsText.console}</h2>
      {lines.length === 0 ? (
        <p className={styles.none}>{scriptsText.consoleEmpty}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <ol ref={end} className={styles.lines} tabIndex={0} aria-label={scriptsText.console}>
          {lines.map(({ at, level, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines only come at the end and go at the beginning
            <li key={`${at} ${index}`} className={cx(styles.line, styles[level])}>
              <time>{formatClock(at)}</time>
              <Visible text={text} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
