/** Runs of 32 hexadecimal digits and more in a response's body, looked for once for all checks of a session. */
import type { CheckInput } from '../check.ts';

export interface HexRun {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const RUN = /[0-9a-f]{32,}/gi;
const MAX = 2000;

const cache = new WeakMap<CheckInput, readonly HexRun[]>();

/** At most 2000, in order. */
export function hexRuns(input: CheckInput): readonly HexRun[] {
  let runs = cache.get(input);
  if (runs === undefined) {
    const found: HexRun[] = [];
    for (const { 0: text, index } of (input.response.text ?? '').matchAll(RUN)) {
      found.push({ text, start: index, end: index + text.length });
      if (found.length >= MAX) break;
    }
    runs = found;
    cache.set(input, runs);
  }
  return runs;
}
