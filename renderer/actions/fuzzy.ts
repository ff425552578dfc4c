/**
 * Fuzzy matching of what is typed against a name: the letters must all be there in their order. Beginnings of words and runs of letters
 * count most, so that "exf" finds "Export filtered as HAR" before "Next of the findings". Pure.
 */

export interface FuzzyMatch {
  /** Higher is better; comparable between names for the same query. */
  readonly score: number;
  /** UTF-16 offsets of the matched letters, rising. */
  readonly positions: readonly number[];
}

const START_OF_NAME = 12;
const START_OF_WORD = 8;
const RUN = 5;
const GAP = -0.5;
/** Longer than any query a person types; keeps the table small. */
const MOST_LETTERS = 64;

/** Undefined when the name does not hold the query's letters in order. White space in the query matches anywhere. */
export function fuzzyMatch(query: string, name: string): FuzzyMatch | undefined {
  const wanted = [...query.toLowerCase().replace(/\s+/g, '')].slice(0, MOST_LETTERS).join('');
  if (wanted === '') return { score: 0, positions: [] };
  const letters = name.toLowerCase();
  if (letters.length !== name.length) return undefined;

  // best[i]: the best way to match the wanted letters so far with the last one at i.
  let best: (FuzzyMatch | undefined)[] = [];
  for (let w = 0; w < wanted.length; w++) {
    const next: (FuzzyMatch | undefined)[] = [];
    // The best of `best` before i, less what the gap up to i costs.
    let before: FuzzyMatch | undefined;
    for (let i = 0; i < letters.length; i++) {
      const run = w > 0 && i > 0 ? best[i - 1] : undefined;
      if (letters[i] === wanted[w] && (w === 0 || before || run)) {
        next[i] = extended(letters, i, before, run);
      }
      const here = i > 0 ? best[i - 1] : undefined;
      if (before) before = { ...before, score: before.score + GAP };
      if (here && (!before || here.score > before.score)) before = here;
    }
    best = next;
    if (best.length === 0) return undefined;
  }
  let top: FuzzyMatch | undefined;
  for (const match of best) if (match && (!top || match.score > top.score)) top = match;
  // Of two names that hold it equally well the shorter is meant.
  return top && { score: top.score - letters.length / 100, positions: top.positions };
}

function extended(
  letters: string,
  i: number,
  before: FuzzyMatch | undefined,
  run: FuzzyMatch | undefined,
): FuzzyMatch {
  const starts = i === 0 ? START_OF_NAME : /[^\p{L}\p{N}]/u.test(letters[i - 1] ?? '') ? START_OF_WORD : 0;
  const runScore = run ? run.score + RUN : -Infinity;
  const gapScore = before?.score ?? (run ? -Infinity : 0);
  const from = runScore >= gapScore ? run : before;
  return {
    score: 1 + starts + Math.max(runScore, gapScore),
    positions: [...(from?.positions ?? []), i],
  };
}
