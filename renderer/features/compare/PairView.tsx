/** Two sessions side by side: everything that differs, headers as sets, bodies, times. */
import { Unplug } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { SessionId } from '#model/session.ts';
import { ignoredFieldsOf, useCompare } from '../../state/compare.ts';
import { usePreferences } from '../../state/preferences.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { Notice } from '../../views/parts/Notice.tsx';
import { BodyPanel } from './BodyPanel.tsx';
import styles from './Compare.module.css';
import { FieldGroups } from './FieldGroups.tsx';
import { counts, FIELD_GROUPS, type FieldGroup, fieldRows, groupOf } from './field-rows.ts';
import { PairHead } from './PairHead.tsx';
import { TimingPanel } from './TimingPanel.tsx';
import { compareText } from './text.ts';
import { type Pair, usePair } from './use-pair.ts';

type PairTab = keyof typeof compareText.tabs;
const HEADER_GROUPS: readonly FieldGroup[] = ['requestHeaders', 'responseHeaders'];

export interface PairViewProps {
  readonly a: SessionId;
  readonly b: SessionId;
  readonly strict: boolean;
}

export function PairView({ a, b, strict }: PairViewProps) {
  const { pair, error } = usePair(a, b);
  if (error)
    return (
      <EmptyState icon={<Unplug size={20} />} title={compareText.failedTitle}>
        {error.code === 'not-found' ? compareText.gone : error.message}
      </EmptyState>
    );
  if (!pair)
    return (
      <div className={styles.waiting}>
        <Spinner label={compareText.reading} />
      </div>
    );
  return <LoadedPair pair={pair} strict={strict} />;
}

function LoadedPair({ pair, strict }: { readonly pair: Pair; readonly strict: boolean }) {
  const onlyDifferences = useCompare((state) => state.onlyDifferences);
  const values = usePreferences((state) => state.values);
  const [tab, setTab] = useState<PairTab>('overview');
  const rows = useMemo(
    () => fieldRows(pair.fieldsA, pair.fieldsB, { ignore: ignoredFieldsOf({ values }), strict }),
    [pair, values, strict],
  );
  const number = (groups: readonly FieldGroup[]) =>
    rows.filter((row) => groups.includes(groupOf(row.field)) && counts(row, strict)).length;
  return (
    <div className={styles.pair}>
      <PairHead pair={pair} />
      {pair.a.cut.length + pair.b.cut.length > 0 ? <Notice tone="warn">{compareText.cut}</Notice> : null}
      <Tabs
        label={compareText.title}
        value={tab}
        onChange={setTab}
        className={styles.tabs ?? ''}
        tabs={[
          { id: 'overview', label: compareText.tabs.overview, count: number(FIELD_GROUPS) },
          { id: 'headers', label: compareText.tabs.headers, count: number(HEADER_GROUPS) },
          { id: 'body', label: compareText.tabs.body, count: number(['requestBody', 'responseBody']) },
          { id: 'timing', label: compareText.tabs.timing },
        ]}
      >
        {(id) => {
          if (id === 'body') return <BodyPanel pair={pair} rows={rows} strict={strict} />;
          if (id === 'timing') return <TimingPanel pair={pair} />;
          return (
            <FieldGroups
              rows={rows}
              strict={strict}
              onlyDifferences={onlyDifferences}
              groups={id === 'headers' ? HEADER_GROUPS : FIELD_GROUPS}
            />
          );
        }}
      </Tabs>
    </div>
  );
}
