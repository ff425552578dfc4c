/** When a replay ends before its end: after an answer that the user waits for, or fears. Pure. */
import { compiledPattern } from './extract.ts';
import type { ReplayRow, StopRules } from './plan.ts';

export interface StopCase {
  readonly row: Pick<ReplayRow, 'status' | 'failure' | 'extracted' | 'differs' | 'atMs'>;
  /** What `pattern` is looked for in: the value where one is extracted, else the body. */
  readonly text: string;
  /** Since the replay began. */
  readonly elapsedMs: number;
}

const isStatus = (wanted: string, status: number) =>
  /xx$/i.test(wanted) ? wanted[0] === String(status)[0] : wanted === String(status);

/** Says why to stop, undefined to go on. @throws SluiceError `usage` for what is no pattern */
export function stopRules(rules: StopRules): (made: StopCase) => string | undefined {
  const { statuses = [], failure = false, otherStatus = false, pattern, afterMs } = rules;
  const compiled = pattern === undefined ? undefined : compiledPattern(pattern);
  return ({ row, text, elapsedMs }) => {
    const { status } = row;
    if (status !== undefined && statuses.some((wanted) => isStatus(wanted, status))) {
      return `an answer had status ${status}`;
    }
    if (failure && row.failure !== undefined) return `a request failed: ${row.failure}`;
    if (otherStatus && row.differs.includes('status')) return 'an answer had another status than recorded';
    if (compiled?.matcher(text).find()) return 'an answer had the pattern in it';
    if (afterMs !== undefined && elapsedMs >= afterMs) return 'the time was over';
    return undefined;
  };
}
