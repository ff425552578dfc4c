/** Two sequences call by call: at the left what was found of each, at the right the pair that was chosen. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleCheck, MousePointerClick, Unplug } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { CallDifference } from '#formats/compare/compare-captures.ts';
import { type Comparison, useCompare } from '../../state/compare.ts';
import { Badge, type Tone } from '../../ui/Badge.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { useNarrow } from '../../views/parts/use-narrow.ts';
import { Visible } from '../../views/parts/Visible.tsx';
import { SessionLink } from '../inspector/SessionLink.tsx';
import styles from './Compare.module.css';
import { PairView } from './PairView.tsx';
import { compareText } from './text.ts';
import { useSequence } from './use-sequence.ts';

const ROW_HEIGHT = 50;
const TONES: Readonly<Record<CallDifference['kind'], Tone>> = {
  changed: 'warn',
  missing: 'err',
  added: 'ok',
  equal: 'neutral',
};

export interface SequenceViewProps {
  readonly shown: Comparison;
  /** The ignored fields, a line each. */
  readonly ignore: string;
  readonly strict: boolean;
}

export function SequenceView({ shown, ignore, strict }: SequenceViewProps) {
  const { found, running, error } = useSequence(shown, ignore, strict);
  const onlyDifferences = useCompare((state) => state.onlyDifferences);
  const narrow = useNarrow();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const rows = onlyDifferences ? found.filter(({ kind }) => kind !== 'equal') : found;
  const row = rows.find((one) => keyOf(one) === chosen);
  const count = (kind: CallDifference['kind']) => found.filter((one) => one.kind === kind).length;
  if (error)
    return (
      <EmptyState icon={<Unplug size={20} />} title={compareText.failedTitle}>
        {error.code === 'not-found' ? compareText.gone : error.message}
      </EmptyState>
    );
  return (
    <div className={styles.pair}>
      <p className={styles.counts} role="status">
        {running ? <Spinner label={compareText.reading} size={13} /> : null}
        {compareText.counts(count('changed'), count('missing'), count('added'), count('equal'))}
      </p>
      {!running && rows.length === 0 ? (
        <EmptyState icon={<CircleCheck size={20} />} title={compareText.equalTitle}>
          {compareText.allEqual(count('equal'))}
        </EmptyState>
      ) : (
        <SplitPane
          key={String(narrow)}
          id={narrow ? 'compare-narrow' : 'compare'}
          direction={narrow ? 'vertical' : 'horizontal'}
          secondSize={narrow ? '60%' : '62%'}
          minFirst={narrow ? 100 : 260}
          minSecond={narrow ? 140 : 380}
          first={<Calls rows={rows} chosen={chosen} onChoose={setChosen} />}
          second={<Chosen row={row} strict={strict} />}
        />
      )}
    </div>
  );
}

/** A session stands once on each side at most. */
const keyOf = (one: CallDifference) => `${'a' in one ? one.a.id : ''} ${'b' in one ? one.b.id : ''}`;

interface CallsProps {
  readonly rows: readonly CallDifference[];
  readonly chosen: string | undefined;
  readonly onChoose: (key: string) => void;
}

function Calls({ rows, chosen, onChoose }: CallsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  const at = rows.findIndex((row) => keyOf(row) === chosen);
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? rows.length - 1 : at - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const index = Math.min(Math.max(0, to), rows.length - 1);
    const row = rows[index];
    if (!row) return;
    onChoose(keyOf(row));
    virtual.scrollToIndex(index);
  };
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label={compareText.calls}
      aria-activedescendant={at < 0 ? undefined : `compared-${at}`}
      tabIndex={0}
      className={styles.calls}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={styles.callRows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the list's, which has the focus
            // biome-ignore lint/a11y/useFocusableInteractive: named by aria-activedescendant, never focused
            <div
              key={keyOf(row)}
              id={`compared-${index}`}
              role="option"
              aria-selected={index === at}
              className={styles.call}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => onChoose(keyOf(row))}
            >
              <span className={styles.endpoint} title={row.endpoint}>
                <Visible text={row.endpoint} />
              </span>
              <span className={styles.facts}>
                <Badge tone={TONES[row.kind]}>{compareText.callKinds[row.kind]}</Badge>
                <span>{idsOf(row)}</span>
                {row.kind === 'changed' ? (
                  <span>{compareText.differences(row.differences.length)}</span>
                ) : null}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function idsOf(row: CallDifference): string {
  if (row.kind === 'missing') return `#${row.a.id}`;
  if (row.kind === 'added') return `#${row.b.id}`;
  return `#${row.a.id} · #${row.b.id}`;
}

function Chosen({ row, strict }: { readonly row: CallDifference | undefined; readonly strict: boolean }) {
  if (!row)
    return (
      <EmptyState icon={<MousePointerClick size={20} />} title={compareText.chooseTitle}>
        {compareText.choose}
      </EmptyState>
    );
  if (row.kind === 'changed' || row.kind === 'equal')
    return <PairView key={keyOf(row)} a={row.a.id} b={row.b.id} strict={strict} />;
  const id = row.kind === 'missing' ? row.a.id : row.b.id;
  return (
    <EmptyState
      title={compareText.oneSided(row.kind === 'missing' ? 'A' : 'B')}
      actions={<SessionLink id={id}>{compareText.open(id)}</SessionLink>}
    >
      <Visible text={row.endpoint} />
    </EmptyState>
  );
}
