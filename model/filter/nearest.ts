/** The word that somebody who mistyped may have meant. */

/** Steps of inserting, dropping, replacing or exchanging letters between two words (optimal string alignment). */
function distance(a: string, b: string): number {
  const width = b.length + 1;
  const steps = new Uint8Array((a.length + 1) * width);
  const at = (i: number, j: number) => steps[i * width + j] ?? 0;
  for (let j = 0; j < width; j++) steps[j] = j;
  for (let i = 1; i <= a.length; i++) {
    steps[i * width] = i;
    for (let j = 1; j < width; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const least = Math.min(replaced, at(i - 1, j) + 1, at(i, j - 1) + 1);
      steps[i * width + j] = exchanged ? Math.min(least, at(i - 2, j - 2) + 1) : least;
    }
  }
  return at(a.length, b.length);
}

function foreignLetters(a: string, b: string): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (!b.includes(a.charAt(i))) count += 1;
  return count;
}

/** Longer words are near none: they are text. */
const LONGEST = 32;

/** The nearest of `words`, in the order given where two are alike; undefined when none is near. Short words allow one step, others two. */
export function nearest<T extends string>(word: string, words: readonly T[]): T | undefined {
  if (word.length > LONGEST) return undefined;
  const lower = word.toLowerCase();
  let best: { word: T; steps: number } | undefined;
  for (const candidate of words) {
    const allowed = Math.min(candidate.length, lower.length) <= 3 ? 1 : 2;
    if (Math.abs(candidate.length - lower.length) > allowed) continue;
    // A letter that the other has not costs a step: most words are told apart by that.
    if (foreignLetters(lower, candidate.toLowerCase()) > allowed) continue;
    const steps = distance(lower, candidate.toLowerCase());
    if (steps <= allowed && (best === undefined || steps < best.steps)) best = { word: candidate, steps };
  }
  return best?.word;
}
