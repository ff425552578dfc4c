/** What came of a probe, for a terminal and for programs. Pure. */
import { safeLine } from '#model/safe-text.ts';
import type { ProbeResult } from '../probes/probe-result.ts';
import { counted } from './check-report.ts';

const WORDS: Readonly<Record<ProbeResult['verdict'], string>> = {
  open: 'OPEN',
  refused: 'refused',
  'other-answer': 'other',
  public: 'public',
  unclear: 'unclear',
};

/** One request in a line, and what was found in another. Lines without their ends. */
export function* probeText(result: ProbeResult): Generator<string> {
  const { verdict, endpoint, reason, recordedId, sessionId, finding } = result;
  const sessions = `session ${recordedId} again as ${sessionId}`;
  yield safeLine(`${WORDS[verdict].padEnd(8)}${endpoint}  ${reason} (${sessions})`);
  if (finding !== undefined) yield safeLine(`        ${finding.severity}: ${finding.detail}`);
}

/** Every key is always there; null where there is no such thing. */
export const probeJson = (result: ProbeResult): string =>
  JSON.stringify({
    probe: result.probeId,
    verdict: result.verdict,
    reason: result.reason,
    endpoint: result.endpoint,
    recordedId: result.recordedId,
    recordedStatus: result.recordedStatus ?? null,
    id: result.sessionId,
    status: result.status ?? null,
    finding: result.finding ?? null,
  });

/** How many were tried and found open, and why the rest was not tried, the most frequent reason first. */
export function* probeSummary(
  results: readonly ProbeResult[],
  skipped: ReadonlyMap<string, number>,
): Generator<string> {
  const open = results.filter(({ verdict }) => verdict === 'open').length;
  yield `${counted(results.length, 'request')} sent, ${counted(open, 'open endpoint')}`;
  for (const [reason, count] of [...skipped].sort(([, a], [, b]) => b - a)) {
    yield safeLine(`  ${counted(count, 'session')} not tried: ${reason}`);
  }
}
