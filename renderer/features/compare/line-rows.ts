/**
 * Two texts as rows that stand side by side: equal lines, lines of one side alone, and changed lines with the words in them that changed.
 * Runs in a worker: whoever asks sets the time it may take. Differences are found by the library `diff` (Myers).
 */
import { diffArrays, diffWordsWithSpace } from 'diff';

/** UTF-16 offsets [start, end). */
export type Span = readonly [start: number, end: number];

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** What changed within it. */
  readonly spans: readonly Span[];
}

export interface LineRow {
  readonly kind: 'same' | 'changed' | 'only-a' | 'only-b';
  readonly a?: Line;
  readonly b?: Line;
}

export interface LineRows {
  readonly rows: readonly LineRow[];
  /** The texts have so little in common that they stand one beside the other, line by line. */
  readonly unrelated: boolean;
}

/** Words are looked for in lines up to this length. */
const MOST_IN_LINE = 2000;
/** Edits beyond which two texts are taken for unrelated: the search costs their square. */
const MOST_EDITS = 2000;

const linesOf = (text: string) => (text === '' ? [] : text.split(/\r\n|\n|\r/));

function changedSpans(a: string, b: string): { a: Span[]; b: Span[] } {
  const spans = { a: [] as Span[], b: [] as Span[] };
  if (a.length > MOST_IN_LINE || b.length > MOST_IN_LINE) return spans;
  const at = { a: 0, b: 0 };
  for (const { value, added, removed } of diffWordsWithSpace(a, b, { maxEditLength: 400 }) ?? []) {
    if (!added) {
      if (removed) spans.a.push([at.a, at.a + value.length]);
      at.a += value.length;
    }
    if (!removed) {
      if (added) spans.b.push([at.b, at.b + value.length]);
      at.b += value.length;
    }
  }
  return spans;
}

/** Lines of a block that went and of the one that came in its place: paired in order, what is left over alone. */
function* block(
  gone: readonly string[],
  came: readonly string[],
  a: number,
  b: number,
  words = true,
): Generator<LineRow> {
  for (let i = 0; i < Math.max(gone.length, came.length); i++) {
    const left = gone[i];
    const right = came[i];
    if (left !== undefined && right !== undefined) {
      const spans = words ? changedSpans(left, right) : { a: [], b: [] };
      yield {
        kind: 'changed',
        a: { number: a + i, text: left, spans: spans.a },
        b: { number: b + i, text: right, spans: spans.b },
      };
    } else if (left !== undefined) yield { kind: 'only-a', a: { number: a + i, text: left, spans: [] } };
    else if (right !== undefined) yield { kind: 'only-b', b: { number: b + i, text: right, spans: [] } };
  }
}

/** `mostEdits`: texts further apart than that stand beside each other as they are. */
export function lineRows(textA: string, textB: string, mostEdits = MOST_EDITS): LineRows {
  const a = linesOf(textA);
  const b = linesOf(textB);
  const parts = diffArrays(a, b, { maxEditLength: mostEdits });
  if (parts === undefined) return { rows: [...block(a, b, 1, 1, false)], unrelated: true };
  const rows: LineRow[] = [];
  let lineA = 1;
  let lineB = 1;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (part === undefined) continue;
    if (!part.added && !part.removed) {
      for (const text of part.value) {
        rows.push({
          kind: 'same',
          a: { number: lineA++, text, spans: [] },
          b: { number: lineB++, text, spans: [] },
        });
      }
      continue;
    }
    const next = parts[i + 1];
    const pair = part.removed && next?.added === true;
    const gone = part.removed ? part.value : [];
    const came = part.added ? part.value : pair ? next.value : [];
    rows.push(...block(gone, came, lineA, lineB));
    lineA += gone.length;
    lineB += came.length;
    if (pair) i += 1;
  }
  return { rows, unrelated: false };
}

export type ShownRow = LineRow | { readonly kind: 'fold'; readonly count: number; readonly from: number };

/** With stretches of equal lines folded, but for `around` lines at each change. */
export function foldSame(rows: readonly LineRow[], around = 3): ShownRow[] {
  const near = new Uint8Array(rows.length);
  rows.forEach((row, i) => {
    if (row.kind !== 'same') near.fill(1, Math.max(0, i - around), Math.min(rows.length, i + around + 1));
  });
  const shown: ShownRow[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (row === undefined) continue;
    if (near[i] === 1) {
      shown.push(row);
      continue;
    }
    const from = i;
    while (i + 1 < rows.length && near[i + 1] === 0) i += 1;
    const count = i - from + 1;
    // A fold takes a line itself.
    if (count === 1) shown.push(row);
    else shown.push({ kind: 'fold', count, from });
  }
  return shown;
}
