/** The scripts: which there are and whether they run, the source of the one selected, and what it has written to its console. */
import { FileCode, Plus } from 'lucide-react';
import { useState } from 'react';
import { toSluiceError } from '#model/errors.ts';
import type { ScriptState } from '#model/scripts/script.ts';
import { useApp } from '../../app.ts';
import { useStream } from '../../rpc/use-rpc.ts';
import { Button } from '../../ui/Button.tsx';
import { confirm } from '../../ui/confirm.ts';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { toast } from '../../ui/toast.ts';
import { useNarrow } from '../../views/parts/use-narrow.ts';
import { Visible } from '../../views/parts/Visible.tsx';
import styles from './Rules.module.css';
import { ScriptEditor } from './ScriptEditor.tsx';
import scriptStyles from './Scripts.module.css';
import { FIRST_SOURCE, freeScriptName, scriptsText } from './scripts-text.ts';

export function Scripts() {
  const { rpc } = useApp();
  const { data, error } = useStream('scripts.watch', {});
  const [wanted, select] = useState<string>();
  const narrow = useNarrow();
  if (!data) {
    return (
      <div className={styles.center}>{error ? error.message : <Spinner label={scriptsText.loading} />}</div>
    );
  }
  const { scripts, folder } = data;
  const script = scripts.find(({ file }) => file === wanted) ?? scripts[0];
  const told = async (work: Promise<unknown>) => {
    try {
      await work;
      return true;
    } catch (cause) {
      toast(toSluiceError(cause).message, { tone: 'err' });
      return false;
    }
  };
  const add = async () => {
    const file = freeScriptName(scripts.map(({ name }) => name));
    await told(rpc.call('scripts.save', { file, text: FIRST_SOURCE }).then((made) => select(made.file)));
  };
  const remove = async ({ file, name }: ScriptState) => {
    const title = scriptsText.removeTitle(name);
    const text = scriptsText.removeText;
    if (await confirm({ title, text, confirmLabel: scriptsText.remove, danger: true })) {
      await told(rpc.call('scripts.remove', { file }));
    }
  };
  const addButton = (
    <Button onClick={() => void add()}>
      <Plus size={14} aria-hidden="true" />
      {scriptsText.add}
    </Button>
  );
  if (script === undefined) {
    return (
      <EmptyState icon={<FileCode size={20} />} title={scriptsText.emptyTitle} actions={addButton}>
        {scriptsText.empty}
      </EmptyState>
    );
  }
  return (
    <div className={styles.panes}>
      <SplitPane
        id={narrow ? 'scripts-narrow' : 'scripts'}
        direction={narrow ? 'vertical' : 'horizontal'}
        secondSize={narrow ? '70%' : '66%'}
        minFirst={narrow ? 80 : 240}
        minSecond={narrow ? 160 : 360}
        first={
          <div className={styles.list}>
            <div className={scriptStyles.tools}>
              {addButton}
              <span className={styles.file} title={folder}>
                {scriptsText.folder} {folder}
              </span>
            </div>
            <ul className={styles.rules} aria-label={scriptsText.list}>
              {scripts.map((one) => (
                <ScriptRow
                  key={one.file}
                  script={one}
                  selected={one.file === script.file}
                  onSelect={() => select(one.file)}
                  onSwitch={() => void told(rpc.call('scripts.switch', { file: one.file, on: !one.on }))}
                />
              ))}
            </ul>
          </div>
        }
        second={
          <ScriptEditor
            key={script.file}
            script={script}
            onSave={(text) => told(rpc.call('scripts.save', { file: script.file, text }))}
            onRemove={() => void remove(script)}
          />
        }
      />
    </div>
  );
}

const stateText = ({ on, loading, problem }: ScriptState) => {
  if (loading) return scriptsText.starting;
  if (problem !== undefined) return scriptsText.failed;
  return on ? scriptsText.running : scriptsText.isOff;
};

function ScriptRow(props: {
  readonly script: ScriptState;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onSwitch: () => void;
}) {
  const { script, selected, onSelect, onSwitch } = props;
  return (
    <li className={cx(styles.rule, selected && styles.selected)}>
      <input
        type="checkbox"
        checked={script.on}
        disabled={script.loading}
        aria-label={scriptsText.on(script.name)}
        onChange={onSwitch}
      />
      <button type="button" aria-current={selected} className={styles.what} onClick={onSelect}>
        <span className={styles.name}>
          <Visible text={script.name} />
        </span>
        <span className={styles.words}>
          {script.on ? (
            scriptsText.parts([...script.hooks, ...script.columns, ...script.views])
          ) : (
            <Visible text={script.problem?.message ?? scriptsText.isOff} />
          )}
        </span>
      </button>
      <span className={cx(styles.tally, script.problem && styles.failed)}>
        {stateText(script)}
        {script.calls > 0 ? <small>{scriptsText.calls(script.calls)}</small> : null}
      </span>
    </li>
  );
}
