/** What the checks found in this session: what, where, why it matters and what to do. */
import type { Finding } from '#model/finding.ts';
import { useHost } from '../../state/host.ts';
import { useView } from '../../state/view.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Scroll } from '../../views/parts/Scroll.tsx';
import { SEVERITIES, SeverityBadge } from '../../views/parts/SeverityBadge.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import { EvidenceItem } from './EvidenceItem.tsx';
import panels from './panels.module.css';
import type { TabProps } from './TabPanel.tsx';
import { inspectorText, TAB_LABELS } from './text.ts';

function Card({ finding, session }: { readonly finding: Finding; readonly session: TabProps['session'] }) {
  const check = useHost((state) => state.info?.checks.find((one) => one.id === finding.checkId));
  return (
    <article className={panels.card}>
      <header className={panels.findingHead}>
        <SeverityBadge severity={finding.severity} />
        <h3 className={panels.cardTitle}>{finding.title}</h3>
        <Badge>{inspectorText.confidence[finding.confidence]}</Badge>
      </header>
      <p className={panels.findingText}>
        <Visible text={finding.detail} />
      </p>
      {finding.evidence.length === 0 ? (
        <p className={panels.findingText}>{inspectorText.noEvidence}</p>
      ) : null}
      {finding.evidence.slice(0, 20).map((evidence) => (
        <EvidenceItem
          key={`${evidence.part} ${evidence.message} ${evidence.start}`}
          session={session}
          evidence={evidence}
        />
      ))}
      {check ? (
        <>
          <h4 className={panels.findingSub}>{inspectorText.why}</h4>
          <p className={panels.findingText}>{check.why}</p>
          <h4 className={panels.findingSub}>{inspectorText.whatToDo}</h4>
          <p className={panels.findingText}>{check.fix}</p>
        </>
      ) : null}
    </article>
  );
}

export function FindingsTab({ session, findings }: TabProps) {
  const show = useView((state) => state.show);
  const sorted = findings.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  return (
    <Scroll label={TAB_LABELS.findings}>
      {sorted.map((finding) => (
        <Card key={`${finding.checkId} ${finding.parameter}`} finding={finding} session={session} />
      ))}
      <p className={panels.foot}>
        <Button size="small" variant="ghost" onClick={() => show('findings')}>
          {inspectorText.allFindings}
        </Button>
      </p>
    </Scroll>
  );
}
