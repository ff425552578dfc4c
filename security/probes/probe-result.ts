/** What came of one request of a probe, as reports and programs get it. Pure. */
import type { Finding } from '#model/finding.ts';
import type { Session, SessionId } from '#model/session.ts';
import type { FindingDraft } from '../check.ts';
import type { Probe, Verdict } from './probe.ts';

export interface ProbeResult {
  readonly probeId: string;
  readonly endpoint: string;
  /** The session that was tried again, and the one that this made. */
  readonly recordedId: SessionId;
  readonly recordedStatus: number | undefined;
  readonly sessionId: SessionId;
  readonly status: number | undefined;
  readonly verdict: Verdict['kind'];
  readonly reason: string;
  readonly finding: Finding | undefined;
}

/** The finding of a draft about `answer`, the session that the probe made. */
export const probeFinding = (
  { info }: Probe,
  answer: Session,
  endpoint: string,
  { parameter, detail, evidence, severity, confidence }: FindingDraft,
): Finding => ({
  checkId: info.id,
  sessionId: answer.row.id,
  severity: severity ?? info.severity,
  confidence: confidence ?? 'medium',
  title: info.title,
  detail,
  endpoint,
  parameter,
  evidence: [...evidence],
});
