/** Runs of 32 hexadecimal digits and more in a response's body, looked for once for all checks of a session. */
import type { CheckInput } from '../check.ts';

export interface HexRun {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const SHORTEST = 32;
const MAX = 2000;

const isHex = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);

/** Runs in order. One so long covers every 32nd position of the text, so the others need not be looked at. */
function read(text: string): HexRun[] {
  const runs: HexRun[] = [];
  for (let at = SHORTEST - 1; at < text.length && runs.length < MAX; at += SHORTEST) {
    if (!isHex(text.charCodeAt(at))) continue;
    let start = at;
    while (start > 0 && isHex(text.charCodeAt(start - 1))) start -= 1;
    let end = at + 1;
    while (end < text.length && isHex(text.charCodeAt(end))) end += 1;
    if (end - start >= SHORTEST) runs.push({ text: text.slice(start, end), start, end });
    // On from the last position of the grid that the run covers.
    at += Math.floor((end - 1 - at) / SHORTEST) * SHORTEST;
  }
  return runs;
}

const cache = new WeakMap<CheckInput, readonly HexRun[]>();

/** At most 2000, in order. */
export function hexRuns(input: CheckInput): readonly HexRun[] {
  let runs = cache.get(input);
  if (runs === undefined) {
    runs = read(input.response.text ?? '');
    cache.set(input, runs);
  }
  return runs;
}
