/**
 * Case folding for search: lower case of the same length, so that a place in the folded text is the same place in the text. The index and
 * the comparison both go through here, and so agree on what is equal. Pure.
 */

/** `ſ` is an s and `ς` a σ to whoever ignores case (Unicode CaseFolding.txt); lower case alone keeps them apart. */
const VARIANTS: Readonly<Record<string, string>> = { ſ: 's', ς: 'σ' };

/** The text in one case; a character whose lower case is longer (İ) stays as it is. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  const folded = lower.length === text.length ? lower : foldEach(text);
  return /[ſς]/.test(folded) ? folded.replace(/[ſς]/g, (unit) => VARIANTS[unit] ?? unit) : folded;
}

function foldEach(text: string): string {
  let folded = '';
  for (const character of text) {
    const lower = character.toLowerCase();
    folded += lower.length === character.length ? lower : character;
  }
  return folded;
}
