/**
 * Requests and answers in which findings were seen, for reports that show them: heads alone, one for each group of findings, redacted as every
 * export is unless that is not wanted. The same secret has the same placeholder throughout.
 */
import type { Finding } from '#model/finding.ts';
import type { RedactionChoice } from '#model/redaction.ts';
import type { SessionId } from '#model/session.ts';
import type { Exchange } from '#security/reports/check-report.ts';
import { groupFindings } from '#security/reports/group-findings.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { exportSource } from './redaction/export-source.ts';

/** GitHub shows no more results of a run; the worst come first. */
const MOST = 5000;

export async function findingExchanges(
  store: CaptureStore,
  findings: readonly Finding[],
  redaction: RedactionChoice = {},
): Promise<ReadonlyMap<SessionId, Exchange>> {
  const shown = groupFindings(findings).slice(0, MOST);
  const ids = [...new Set(shown.map(({ finding }) => finding.sessionId))].toSorted((a, b) => a - b);
  const exchanges = new Map<SessionId, Exchange>();
  if (ids.length === 0) return exchanges;
  await using source = exportSource(store, ids, redaction);
  for await (const { session } of source.sessions) {
    const { request, response, row } = session;
    exchanges.set(row.id, {
      request: request.head,
      ...(response === undefined ? {} : { response: response.head }),
    });
  }
  return exchanges;
}
