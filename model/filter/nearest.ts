/** The word that somebody who mistyped may have meant. */

/** Steps of inserting, dropping, replacing or exchanging letters between two words (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let steps = Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      const exchanged = i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (exchanged) steps = Math.min(steps, (before[j - 2] ?? 0) + 1);
      next.push(steps);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The nearest of `words`, in the order given where two are alike; undefined when none is near. Short words allow one step, others two. */
export function nearest<T extends string>(word: string, words: readonly T[]): T | undefined {
  const lower = word.toLowerCase();
  let best: { word: T; steps: number } | undefined;
  for (const candidate of words) {
    const steps = distance(lower, candidate.toLowerCase());
    const allowed = Math.min(candidate.length, lower.length) <= 3 ? 1 : 2;
    if (steps <= allowed && steps < (best?.steps ?? Number.POSITIVE_INFINITY))
      best = { word: candidate, steps };
  }
  return best?.word;
}
