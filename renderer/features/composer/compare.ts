/** How an answer differs from the one it is compared with: status, size, time. */
import type { Session } from '#model/session.ts';
import { composerText } from './text.ts';

export interface Change {
  readonly text: string;
  /** Worth noticing: another status. */
  readonly notable: boolean;
}

/** Nothing while either has not ended. Differences in time under 1 ms are noise and left out. */
export function compareAnswers(answer: Session, original: Session): Change[] {
  if (answer.row.state === 'active' || original.row.state === 'active') return [];
  const changes: Change[] = [];
  const { status } = answer.row;
  const was = original.row.status;
  if (status === was) changes.push({ text: composerText.statusSame, notable: false });
  else if (was !== undefined) changes.push({ text: composerText.statusChanged(String(was)), notable: true });
  if (answer.response && original.response)
    changes.push({
      text: composerText.sizeChange(answer.row.responseBodySize - original.row.responseBodySize),
      notable: false,
    });
  const by = (answer.row.durationMs ?? Number.NaN) - (original.row.durationMs ?? Number.NaN);
  if (Math.abs(by) >= 1) changes.push({ text: composerText.durationChange(by), notable: false });
  return changes;
}
