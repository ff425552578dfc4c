/** The rules in force, in order, and the one selected as a form; over them what is paused. */
import { Plus, Shuffle } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { toSluiceError } from '#model/errors.ts';
import { RULE_PRESETS } from '#model/rules/presets.ts';
import type { RuleInput, RuleSet } from '#model/rules/rule.ts';
import { useApp } from '../../app.ts';
import { useStream } from '../../rpc/use-rpc.ts';
import { useView } from '../../state/view.ts';
import { rulesText } from '../../text/rules.ts';
import { Button } from '../../ui/Button.tsx';
import { confirm } from '../../ui/confirm.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { toast } from '../../ui/toast.ts';
import { Notice } from '../../views/parts/Notice.tsx';
import { Segmented } from '../../views/parts/Segmented.tsx';
import { useNarrow } from '../../views/parts/use-narrow.ts';
import { BreakPanel } from '../breaks/BreakPanel.tsx';
import { addRule, removeRule, replaceRule } from './edit-rules.ts';
import { RuleEditor } from './RuleEditor.tsx';
import { RuleList } from './RuleList.tsx';
import styles from './Rules.module.css';
import { saveRules } from './rule-calls.ts';

const BLANK: RuleInput = {
  name: 'New rule',
  enabled: false,
  actions: [{ action: 'set-header', name: 'X-Changed-By', value: 'Sluice' }],
};

const Scripts = lazy(() => import('./Scripts.tsx').then((m) => ({ default: m.Scripts })));
const PARTS = [
  { value: 'rules', label: rulesText.title },
  { value: 'scripts', label: rulesText.scripts },
] as const;

export function Rules() {
  const [part, setPart] = useState<'rules' | 'scripts'>('rules');
  const { rpc, platform } = useApp();
  const { data, error } = useStream('rules.watch', {});
  const narrow = useNarrow();
  const wanted = useView((state) => state.rule);
  const select = useView((state) => state.showRule);
  if (!data) {
    return (
      <div className={styles.center}>{error ? error.message : <Spinner label={rulesText.loading} />}</div>
    );
  }
  const { rules: set, problems, file, tallies } = data;
  const rule = set.rules.find(({ name }) => name === wanted) ?? set.rules[0];
  const save = async (next: RuleSet): Promise<boolean> => {
    try {
      await saveRules(rpc, next);
      return true;
    } catch (cause) {
      toast(toSluiceError(cause).message, { tone: 'err' });
      return false;
    }
  };
  const add = async (input: RuleInput) => {
    const added = addRule(set, input);
    if (await save(added.set)) select(added.name);
  };
  const importFile = async () => {
    const picked = await platform.pickFile('.xml,.farx,.yaml,.yml');
    if (picked === undefined) return;
    try {
      const { rules: read, notes } = await rpc.call('rules.import', { text: await picked.text() });
      let next = set;
      for (const rule of read.toReversed()) next = addRule(next, rule).set;
      if (read.length > 0 && !(await save(next))) return;
      toast(rulesText.imported(read.length, notes), {
        tone: notes.length > 0 ? 'info' : 'ok',
        timeout: 20_000,
      });
    } catch (cause) {
      toast(toSluiceError(cause).message, { tone: 'err' });
    }
  };
  const remove = async (name: string) => {
    const sure = await confirm({
      title: rulesText.removeTitle(name),
      text: rulesText.removeText,
      confirmLabel: rulesText.remove,
      danger: true,
    });
    if (sure) await save(removeRule(set, name));
  };
  const tools = (
    <>
      <Button onClick={() => void add(BLANK)}>
        <Plus size={14} aria-hidden="true" />
        {rulesText.add}
      </Button>
      <Menu
        entries={RULE_PRESETS.map(({ id, label, make }) => ({
          id,
          label,
          onSelect: () => void add(make('')),
        }))}
      >
        <Button>{rulesText.presets}</Button>
      </Menu>
      <Button onClick={() => void importFile()}>{rulesText.importFile}</Button>
    </>
  );
  return (
    <section className={styles.root} aria-label={rulesText.title}>
      <div className={styles.bar}>
        <h1 className={styles.title}>{rulesText.title}</h1>
        <Segmented label={rulesText.parts} value={part} options={PARTS} onChange={setPart} />
        {part === 'rules' ? (
          <>
            {tools}
            <span className={styles.file} title={file}>
              {rulesText.file} {file}
            </span>
          </>
        ) : null}
      </div>
      {problems.length > 0 ? (
        <Notice tone="err">
          {rulesText.fileProblems(file)}{' '}
          {problems.map(({ line, message }) => rulesText.line(line, message)).join(' · ')}
        </Notice>
      ) : null}
      <BreakPanel />
      {part === 'scripts' ? (
        <Suspense fallback={null}>
          <Scripts />
        </Suspense>
      ) : rule === undefined ? (
        <EmptyState icon={<Shuffle size={20} />} title={rulesText.emptyTitle} actions={tools}>
          {rulesText.empty}
        </EmptyState>
      ) : (
        <div className={styles.panes}>
          <SplitPane
            id={narrow ? 'rules-narrow' : 'rules'}
            direction={narrow ? 'vertical' : 'horizontal'}
            secondSize="56%"
            minFirst={narrow ? 80 : 300}
            minSecond={narrow ? 100 : 360}
            first={
              <RuleList
                set={set}
                tallies={tallies}
                selected={rule.name}
                onSelect={select}
                onChange={(next) => void save(next)}
              />
            }
            second={
              <RuleEditor
                key={JSON.stringify(rule)}
                rule={rule}
                onSave={async (next) => {
                  if (!(await save(replaceRule(set, rule.name, next)))) return;
                  select(next.name);
                  toast(rulesText.saved, { tone: 'ok', timeout: 2500 });
                }}
                onDuplicate={(copy) => void add(copy)}
                onRemove={() => void remove(rule.name)}
              />
            }
          />
        </div>
      )}
    </section>
  );
}
