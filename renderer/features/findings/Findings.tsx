/** Everything the checks found, grouped by what and where: a list, and beside it the evidence and what to do. */
import { ShieldCheck, ShieldQuestionMark } from 'lucide-react';
import { useState } from 'react';
import { useStream } from '../../rpc/use-rpc.ts';
import { useView } from '../../state/view.ts';
import { severityWords } from '../../text/session-words.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { Segmented } from '../../views/parts/Segmented.tsx';
import { useNarrow } from '../../views/parts/use-narrow.ts';
import { FindingDetail } from './FindingDetail.tsx';
import { FindingList } from './FindingList.tsx';
import styles from './Findings.module.css';
import { groupKey, severityCounts, sortedGroups } from './groups.ts';
import { findingsText, type SeverityFilter } from './text.ts';

export function Findings() {
  const { data, error } = useStream('findings.watch', {});
  const show = useView((state) => state.show);
  const narrow = useNarrow();
  const [severity, setSeverity] = useState<SeverityFilter>('all');
  const [selected, setSelected] = useState<string | undefined>(undefined);
  if (!data)
    return (
      <div className={styles.center}>{error ? error.message : <Spinner label={findingsText.loading} />}</div>
    );
  if (data.groups.length === 0)
    return (
      <EmptyState
        icon={<ShieldCheck size={20} />}
        title={findingsText.emptyTitle}
        actions={<Button onClick={() => show('connect')}>{findingsText.emptyConnect}</Button>}
      >
        {findingsText.empty}
      </EmptyState>
    );
  const counts = severityCounts(data.groups);
  const groups = sortedGroups(data.groups, severity);
  const group = groups.find((one) => groupKey(one) === selected) ?? groups[0];
  return (
    <section className={styles.root} aria-label={findingsText.findings}>
      <div className={styles.bar}>
        <h1 className={styles.title}>{findingsText.findings}</h1>
        <Segmented<SeverityFilter>
          label={findingsText.filter}
          value={severity}
          options={[
            { value: 'all', label: findingsText.severityCount(findingsText.all, data.groups.length) },
            ...counts.map((one) => ({
              value: one.severity,
              label: findingsText.severityCount(severityWords[one.severity], one.count),
            })),
          ]}
          onChange={setSeverity}
        />
      </div>
      {group ? (
        <div className={styles.panes}>
          <SplitPane
            id={narrow ? 'findings-narrow' : 'findings'}
            direction={narrow ? 'vertical' : 'horizontal'}
            secondSize="52%"
            minFirst={narrow ? 80 : 320}
            minSecond={narrow ? 100 : 360}
            first={<FindingList groups={groups} selected={groupKey(group)} onSelect={setSelected} />}
            second={<FindingDetail key={groupKey(group)} group={group} />}
          />
        </div>
      ) : (
        <EmptyState
          icon={<ShieldQuestionMark size={20} />}
          title={
            severity === 'all' ? findingsText.emptyTitle : findingsText.noneOfTitle(severityWords[severity])
          }
          actions={<Button onClick={() => setSeverity('all')}>{findingsText.showAll}</Button>}
        >
          {findingsText.noneOf}
        </EmptyState>
      )}
    </section>
  );
}
