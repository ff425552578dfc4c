/**
 * Findings for a report that is given away: what of captured values stands in their words (paths, names) is masked as exports do it. Places
 * of evidence tell no value and stay. Placeholders have no number here, so that two reports of the same fault are the same.
 */
import type { Finding } from '#model/finding.ts';
import type { SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { sessionBatches } from '../har-transfer.ts';
import { openRedaction } from './open-redaction.ts';

const wordsOf = ({ detail, endpoint, parameter }: Finding) => [detail, endpoint, parameter];
const unnumbered = (text: string) => text.replace(/\[redacted:([a-z0-9-]+):\d+\]/g, '[redacted:$1]');

/** Learns the secrets of one session for each thing that findings say, and masks them wherever findings say them. */
export async function redactedFindings(
  store: Pick<CaptureStore, 'wholeSessions'>,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  if (findings.length === 0) return findings;
  const told = new Map<string, SessionId>();
  for (const finding of findings)
    for (const text of wordsOf(finding)) if (!told.has(text)) told.set(text, finding.sessionId);
  await using redaction = openRedaction();
  for await (const sessions of sessionBatches(store, [...new Set(told.values())]))
    await redaction.learn(sessions);
  const texts = [...told.keys()];
  const masked = await redaction.texts(texts);
  const by = new Map(texts.map((text, i) => [text, unnumbered(masked[i] ?? '')]));
  const of = (text: string) => by.get(text) ?? text;
  return findings.map((finding) => ({
    ...finding,
    detail: of(finding.detail),
    endpoint: of(finding.endpoint),
    parameter: of(finding.parameter),
  }));
}
