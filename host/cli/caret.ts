/** Shows where in a line of text something is wrong: the text, and carets under the place. Pure. */
import type { FilterProblem } from '#model/filter/ast.ts';

/** A longer text is shown from some characters before the place on. */
const WIDTH = 76;
const BEFORE = 24;

/** Two lines, each two blanks in. Control characters, which have no width that can be relied upon, are shown as blanks. */
export function caretLines(text: string, { start, end }: Pick<FilterProblem, 'start' | 'end'>): string {
  const from = text.length <= WIDTH ? 0 : Math.max(0, Math.min(start - BEFORE, text.length - WIDTH));
  const shown = text.slice(from, from + WIDTH).replace(/\p{C}/gu, ' ');
  const width = Math.max(1, Math.min(end, from + WIDTH) - start);
  return `  ${shown}\n  ${' '.repeat(start - from)}${'^'.repeat(width)}`;
}
