/** The report for programs: a finding as a JSON object a line, as `--json` of the other commands. Pure. */
import type { CheckReport } from './check-report.ts';

/** Lines without their ends; none of nothing. What was not looked at is said beside it (`summaryLines`). */
export function* jsonReport({ findings }: CheckReport): Generator<string> {
  for (const finding of findings) yield JSON.stringify(finding);
}
