/**
 * The loss report that every import and export ends with: what could not be represented, session by session. Empty when nothing was
 * lost. Bounded: of very many losses all are counted and the first are listed.
 */
import * as z from 'zod';

/** One thing that one session lost. */
export const Loss = z.object({
  /** The session's id: in an export the capture's, in an import the one it got there; 0 for what belongs to no session. */
  session: z.int().nonnegative(),
  /** What was lost, as a short noun phrase that is the same for all sessions: "the frames of a message". Losses are counted by it. */
  what: z.string(),
  /** What of it in this session, where that says more. */
  detail: z.string().optional(),
});
export type Loss = z.infer<typeof Loss>;

export const LossReport = z.object({
  /** Sessions that went through. */
  sessions: z.int(),
  /** Those of them that lost something. */
  lossy: z.int(),
  /** How often each thing was lost, most often first. */
  counts: z.array(z.object({ what: z.string(), count: z.int() })),
  /** In the order they happened; cut where there are more than fit, which `counts` has all the same. */
  losses: z.array(Loss),
});
export type LossReport = z.infer<typeof LossReport>;

/** How many losses `counts` has beyond those that are listed. */
export function unlistedLosses({ counts, losses }: LossReport): number {
  return counts.reduce((sum, { count }) => sum + count, 0) - losses.length;
}

const sessions = (count: number) => (count === 1 ? '1 session' : `${count} sessions`);

/** One line: "nothing was lost" or how many sessions lost something. */
export function lossSummary(report: LossReport): string {
  if (report.counts.length === 0) return 'Nothing was lost.';
  if (report.lossy === 0) return 'Something of the file was lost.';
  return `${sessions(report.lossy)} of ${report.sessions} lost something.`;
}

/** The report as text for a terminal or a dialog: the summary, what was lost and how often, then session by session. */
export function lossText(report: LossReport): string {
  const lines = [lossSummary(report)];
  for (const { what, count } of report.counts) lines.push(`  ${count} × ${what}`);
  for (const { session, what, detail } of report.losses) {
    const place = session === 0 ? 'file' : `session ${session}`;
    lines.push(`  ${place}: ${what}${detail === undefined ? '' : `: ${detail}`}`);
  }
  const more = unlistedLosses(report);
  if (more > 0) lines.push(`  and ${more} more`);
  return lines.join('\n');
}
