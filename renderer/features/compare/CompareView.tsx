/** The Compare view: what is compared with what at the top; below, two sessions side by side, or two sequences call by call. */
import { ArrowLeftRight, GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import { runAction } from '../../actions/run.ts';
import { useApp } from '../../app.ts';
import { type Comparison, ignoredFieldsOf, useCompare } from '../../state/compare.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useView } from '../../state/view.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Segmented } from '../../views/parts/Segmented.tsx';
import { SessionLink } from '../inspector/SessionLink.tsx';
import styles from './Compare.module.css';
import { IgnoreDialog } from './IgnoreDialog.tsx';
import { PairView } from './PairView.tsx';
import { SequenceView } from './SequenceView.tsx';
import { compareText } from './text.ts';

export function CompareView() {
  const shown = useCompare((state) => state.shown);
  return (
    <section className={styles.root} aria-label={compareText.title}>
      {shown ? <Comparing shown={shown} /> : <NothingYet />}
    </section>
  );
}

function NothingYet() {
  const kept = useCompare((state) => state.kept.length);
  const show = useView((state) => state.show);
  return (
    <EmptyState
      icon={<GitCompareArrows size={20} />}
      title={compareText.emptyTitle}
      actions={
        <Button variant="primary" onClick={() => show('sessions')}>
          {compareText.toSessions}
        </Button>
      }
    >
      {kept > 0 ? compareText.kept(kept) : compareText.empty}
    </EmptyState>
  );
}

function Comparing({ shown }: { readonly shown: Comparison }) {
  const app = useApp();
  const { onlyDifferences, setOnlyDifferences } = useCompare();
  const ignored = usePreferences((state) => state.values['compare.ignore'] ?? '');
  const [asking, setAsking] = useState(false);
  const [a] = shown.a;
  const [b] = shown.b;
  const pair = shown.a.length === 1 && shown.b.length === 1 && a !== undefined && b !== undefined;
  // Two sessions chosen by hand are asked what tells them apart, cookies and ids included; of sequences only what should not differ counts.
  const [strict, setStrict] = useState(pair);
  return (
    <>
      <header className={styles.head}>
        <Side side="A" ids={shown.a} />
        <IconButton
          label={compareText.swap}
          size="small"
          onClick={() => void runAction(app, app.actions.get('compare.swap'))}
        >
          <ArrowLeftRight size={14} />
        </IconButton>
        <Side side="B" ids={shown.b} />
        <span className={styles.grow} />
        <label className={styles.check}>
          <input type="checkbox" checked={strict} onChange={(event) => setStrict(event.target.checked)} />
          {compareText.strict}
        </label>
        <Button size="small" onClick={() => setAsking(true)}>
          {compareText.ignored(ignoredFieldsOf({ values: { 'compare.ignore': ignored } }).length)}
        </Button>
        <Segmented
          label={compareText.show}
          value={onlyDifferences ? 'differences' : 'all'}
          options={[
            { value: 'differences', label: compareText.onlyDifferences },
            { value: 'all', label: compareText.everything },
          ]}
          onChange={(value) => setOnlyDifferences(value === 'differences')}
        />
      </header>
      {pair ? (
        <PairView a={a} b={b} strict={strict} />
      ) : (
        <SequenceView shown={shown} ignore={ignored} strict={strict} />
      )}
      {asking ? <IgnoreDialog onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function Side({ side, ids }: { readonly side: 'A' | 'B'; readonly ids: readonly number[] }) {
  const [first] = ids;
  return (
    <span className={styles.side}>
      <span className="visually-hidden">{compareText.side(side)}</span>
      <b aria-hidden="true" className={styles.letter} data-side={side}>
        {side}
      </b>
      {ids.length === 1 && first !== undefined ? (
        <SessionLink id={first}>#{first}</SessionLink>
      ) : (
        compareText.sessions(ids.length)
      )}
    </span>
  );
}
