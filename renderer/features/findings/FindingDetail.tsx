/** One group in full: what was found, the value in its place, why it matters, how to fix it, and where it was seen. */
import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Finding } from '#model/finding.ts';
import type { Session } from '#model/session.ts';
import type { TriagedGroup } from '#model/triage.ts';
import { useCall, useStream } from '../../rpc/use-rpc.ts';
import { useHost } from '../../state/host.ts';
import { formatClock, formatMoment } from '../../text/format.ts';
import { MethodLabel } from '../../ui/MethodLabel.tsx';
import { StatusLabel } from '../../ui/StatusLabel.tsx';
import { Facts } from '../../views/parts/Facts.tsx';
import { SeverityBadge } from '../../views/parts/SeverityBadge.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import { EvidenceItem } from '../inspector/EvidenceItem.tsx';
import { SessionLink } from '../inspector/SessionLink.tsx';
import styles from './Findings.module.css';
import { TriageBar } from './TriageBar.tsx';
import { findingsText } from './text.ts';

const MOST_EVIDENCE = 5;

export interface FindingDetailProps {
  readonly group: TriagedGroup;
  /** Where what is said of findings is kept. */
  readonly file: string;
}

export function FindingDetail({ group, file }: FindingDetailProps) {
  const check = useHost((state) => state.info?.checks.find((one) => one.id === group.checkId));
  return (
    <article className={styles.detail}>
      <header className={styles.detailHead}>
        <SeverityBadge severity={group.triage.severity} />
        <h2 className={styles.detailTitle}>{group.title}</h2>
      </header>
      <p className={styles.lead}>
        <Visible text={group.detail} />
      </p>
      <TriageBar group={group} />
      <Facts
        facts={[
          [findingsText.endpoint, group.endpoint],
          [findingsText.parameter, group.parameter],
          [findingsText.firstSeen, formatMoment(group.firstSeen)],
          [findingsText.lastSeen, formatMoment(group.lastSeen)],
          [findingsText.confidence, findingsText.confidenceWords[group.confidence]],
          [
            findingsText.classification,
            check ? [...check.owasp, ...check.cwe.map(findingsText.cwe)].join(' · ') : undefined,
          ],
        ]}
      />
      <section className={styles.part}>
        <h3 className={styles.partTitle}>{findingsText.evidence}</h3>
        <NewestEvidence group={group} />
      </section>
      {check ? (
        <>
          <Part title={findingsText.fix}>{check.fix}</Part>
          <Part title={findingsText.why}>{check.why}</Part>
          <Part title={findingsText.what}>{check.what}</Part>
          {check.references.length > 0 ? <References addresses={check.references} /> : null}
        </>
      ) : null}
      <section className={styles.part}>
        <h3 className={styles.partTitle}>
          {findingsText.seenIn}{' '}
          <span className={styles.partNote}>
            {group.count > group.sessionIds.length
              ? findingsText.newest(group.sessionIds.length, group.count)
              : findingsText.sessions(group.count)}
          </span>
        </h3>
        <ul className={styles.seen}>
          {group.sessionIds.map((id) => (
            <SeenIn key={id} id={id} />
          ))}
        </ul>
      </section>
      <p className={styles.kept}>{findingsText.keptIn(file)}</p>
    </article>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3 className={styles.partTitle}>{title}</h3>
      <p className={styles.partText}>{children}</p>
    </section>
  );
}

function References({ addresses }: { readonly addresses: readonly string[] }) {
  return (
    <section className={styles.part}>
      <h3 className={styles.partTitle}>{findingsText.references}</h3>
      <ul className={styles.references}>
        {addresses.map((address) => (
          <li key={address}>
            {/^https:\/\//.test(address) ? (
              <a href={address} target="_blank" rel="noopener noreferrer">
                {address} <ExternalLink size={12} aria-hidden="true" />
              </a>
            ) : (
              address
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Evidence from the newest session of the group that is still there. */
function NewestEvidence({ group }: { readonly group: TriagedGroup }) {
  const id = group.sessionIds[0];
  const { data: session, error } = useStream('sessions.get', id === undefined ? undefined : { id });
  const { data } = useCall('sessions.findings', id === undefined ? undefined : { id });
  if (error || id === undefined) return <p className={styles.partText}>{findingsText.evidenceGone}</p>;
  if (!session || !data) return <p className={styles.partText}>{findingsText.evidenceLoading}</p>;
  return <EvidenceOf session={session} finding={data.findings.find((one) => belongsTo(one, group))} />;
}

const belongsTo = (finding: Finding, group: TriagedGroup) =>
  finding.checkId === group.checkId &&
  finding.endpoint === group.endpoint &&
  finding.parameter === group.parameter;

function EvidenceOf({
  session,
  finding,
}: {
  readonly session: Session;
  readonly finding: Finding | undefined;
}) {
  if (!finding) return <p className={styles.partText}>{findingsText.evidenceGone}</p>;
  return (
    <div className={styles.evidence}>
      {finding.evidence.slice(0, MOST_EVIDENCE).map((evidence) => (
        <EvidenceItem
          key={`${evidence.part} ${evidence.message} ${evidence.start}`}
          session={session}
          evidence={evidence}
          elsewhere
        />
      ))}
    </div>
  );
}

function SeenIn({ id }: { readonly id: number }) {
  const { data: session } = useStream('sessions.get', { id });
  return (
    <li>
      <SessionLink id={id} className={styles.seenRow}>
        <span className={styles.seenId}>{id}</span>
        {session ? (
          <>
            <MethodLabel row={session.row} />
            <StatusLabel row={session.row} />
            <span className={styles.seenPath}>
              <Visible text={session.row.host + session.row.path} />
            </span>
            <span className={styles.seenTime}>{formatClock(session.row.startedAt)}</span>
          </>
        ) : (
          findingsText.session(id)
        )}
      </SessionLink>
    </li>
  );
}
