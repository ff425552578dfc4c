/**
 * What the index knows of a text: hashes of the runs of four UTF-16 units in it, folded. Four, because of three there are too few: nearly
 * every session holds any three digits. A text in which one of a needle's hashes is missing does not hold the needle. Pure.
 */

export const GRAM = 4;
/** More of a needle's grams than this narrow nothing down further. */
const MOST = 16;

/** Mixes four units into 32 bits, so that the low ones tell them apart however many are used. */
function hash(a: number, b: number, c: number, d: number): number {
  let h = Math.imul(a | (b << 16), 0x9e3779b1) ^ Math.imul(c | (d << 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  return (h ^ (h >>> 13)) >>> 0;
}

/** Calls `add` with the hash of every gram of a folded text; the same one may come more than once. */
export function eachGram(folded: string, add: (gram: number) => void): void {
  let a = folded.charCodeAt(0);
  let b = folded.charCodeAt(1);
  let c = folded.charCodeAt(2);
  for (let i = 3; i < folded.length; i++) {
    const d = folded.charCodeAt(i);
    add(hash(a, b, c, d));
    a = b;
    b = c;
    c = d;
  }
}

/** Grams that a text with this folded needle in it must have: some spread over it when it is long, none when it is too short. */
export function gramsOf(needle: string): number[] {
  const all: number[] = [];
  eachGram(needle, (gram) => all.push(gram));
  const distinct = [...new Set(all)];
  if (distinct.length <= MOST) return distinct;
  return Array.from({ length: MOST }, (_, i) => distinct[Math.floor((i * distinct.length) / MOST)] ?? 0);
}
