/** Everything the checks found, grouped by what and where: a list, and beside it the evidence, what to do, and what people said of it. */
import { ShieldCheck, ShieldQuestionMark } from 'lucide-react';
import { useState } from 'react';
import type { Item } from '#model/contract/contract.ts';
import type { TriagedGroup } from '#model/triage.ts';
import { useStream } from '../../rpc/use-rpc.ts';
import { useHost } from '../../state/host.ts';
import { useView } from '../../state/view.ts';
import { severityWords } from '../../text/session-words.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { Notice } from '../../views/parts/Notice.tsx';
import { useNarrow } from '../../views/parts/use-narrow.ts';
import { FindingDetail } from './FindingDetail.tsx';
import { FindingList } from './FindingList.tsx';
import styles from './Findings.module.css';
import { type Choice, FindingsBar } from './FindingsBar.tsx';
import { groupKey, sectionsOf, sortedGroups } from './groups.ts';
import { findingsText } from './text.ts';

const FIRST: Choice = { severity: 'all', shown: 'open', by: 'risk', filter: '' };

/** The choice outlives the view: who goes to a session and comes back finds the list as it was. */
let lastChoice = FIRST;

export function Findings() {
  const checks = useHost((state) => state.info?.checks);
  const show = useView((state) => state.show);
  const narrow = useNarrow();
  const [choice, setChoice] = useState(lastChoice);
  const [selected, setSelected] = useState<string | undefined>(undefined);
  const { data, error } = useFindings(choice.filter);
  if (!data)
    return (
      <div className={styles.center}>{error ? error.message : <Spinner label={findingsText.loading} />}</div>
    );
  if (data.total === 0)
    return (
      <EmptyState
        icon={<ShieldCheck size={20} />}
        title={findingsText.emptyTitle}
        actions={<Button onClick={() => show('connect')}>{findingsText.emptyConnect}</Button>}
      >
        {findingsText.empty}
      </EmptyState>
    );
  const change = (part: Partial<Choice>) => {
    lastChoice = { ...choice, ...part };
    setChoice(lastChoice);
  };
  const checkOf = ({ checkId }: TriagedGroup) => checks?.find(({ id }) => id === checkId);
  const groups = sortedGroups(data.groups, choice);
  const sections = sectionsOf(groups, choice.by, checkOf, severityWords);
  const inOrder = sections.flatMap((section) => section.groups);
  const group = inOrder.find((one) => groupKey(one) === selected) ?? inOrder[0];
  const [problem] = data.problems;
  return (
    <section className={styles.root} aria-label={findingsText.findings}>
      <FindingsBar groups={data.groups} choice={choice} problem={data.filterProblem} onChange={change} />
      {problem ? (
        <Notice tone="warn">{findingsText.fileWrong(data.file, problem.line, problem.message)}</Notice>
      ) : null}
      {group ? (
        <div className={styles.panes}>
          <SplitPane
            id={narrow ? 'findings-narrow' : 'findings'}
            direction={narrow ? 'vertical' : 'horizontal'}
            secondSize="52%"
            minFirst={narrow ? 80 : 320}
            minSecond={narrow ? 100 : 360}
            first={<FindingList sections={sections} selected={groupKey(group)} onSelect={setSelected} />}
            second={<FindingDetail key={groupKey(group)} group={group} file={data.file} />}
          />
        </div>
      ) : (
        <NoneShown choice={choice} onChange={change} />
      )}
    </section>
  );
}

/** What passes the filter; while that of another filter is on its way, what passed the one before. */
function useFindings(filter: string) {
  const { data, error } = useStream('findings.watch', filter.trim() === '' ? {} : { filter });
  const [last, setLast] = useState<Item<'findings.watch'>>();
  if (data !== undefined && data !== last) setLast(data);
  return { data: data ?? last, error };
}

interface NoneShownProps {
  readonly choice: Choice;
  readonly onChange: (change: Partial<Choice>) => void;
}

function NoneShown({ choice, onChange }: NoneShownProps) {
  const filtered = choice.filter.trim() !== '' || choice.severity !== 'all';
  return (
    <EmptyState
      icon={filtered ? <ShieldQuestionMark size={20} /> : <ShieldCheck size={20} />}
      title={filtered ? findingsText.noneFilteredTitle : findingsText.noneLeftTitle}
      actions={
        <Button onClick={() => onChange(filtered ? { filter: '', severity: 'all' } : { shown: 'all' })}>
          {filtered ? findingsText.clearFilter : findingsText.showAll}
        </Button>
      }
    >
      {filtered ? findingsText.noneFiltered : findingsText.noneLeft}
    </EmptyState>
  );
}
