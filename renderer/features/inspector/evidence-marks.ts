/** Evidence of findings as ranges to mark: sorted, without overlaps, with the one that was asked for in focus. */
import type { Evidence, EvidencePart, Finding } from '#model/finding.ts';

export interface EvidenceMark {
  readonly start: number;
  readonly end: number;
  readonly focused: boolean;
}

const MOST_MARKS = 200;

/** Marks in `part`. The one equal to `focus`, which is always kept, is in focus. Overlapping evidence becomes one mark. */
export function evidenceMarks(
  findings: readonly Finding[],
  part: EvidencePart,
  focus: Evidence | undefined,
): EvidenceMark[] {
  const wanted = focus?.part === part ? focus : undefined;
  const all = findings.flatMap((finding) => finding.evidence).filter((evidence) => evidence.part === part);
  if (wanted) all.push(wanted);
  const marks: EvidenceMark[] = [];
  for (const { start, end } of all.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= start) continue;
    const last = marks.at(-1);
    const focused = wanted !== undefined && start === wanted.start && end === wanted.end;
    if (last && start < last.end)
      marks[marks.length - 1] = {
        start: last.start,
        end: Math.max(last.end, end),
        focused: last.focused || focused,
      };
    else marks.push({ start, end, focused });
  }
  if (marks.length <= MOST_MARKS) return marks;
  return marks.filter((mark, i) => i < MOST_MARKS || mark.focused);
}
