/** Offsets in a text as line and column. The editor makes all line ends alike, so its own counting would be off for texts that mix them. */

export interface LinePosition {
  readonly lineNumber: number;
  readonly column: number;
}

/** One-based line and column of UTF-16 offset `offset`; CR LF, CR and LF end lines. */
export function positionAt(text: string, offset: number): LinePosition {
  const end = Math.min(offset, text.length);
  let lineNumber = 1;
  let lineStart = 0;
  for (let at = 0; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== 10 && unit !== 13) continue;
    if (unit === 13 && text.charCodeAt(at + 1) === 10) {
      // Between the two units of one line end is still the end of the line.
      if (at + 1 === end) break;
      at += 1;
    }
    lineNumber += 1;
    lineStart = at + 1;
  }
  return { lineNumber, column: end - lineStart + 1 };
}

/** Laying out a line longer than this in one piece takes the editor seconds; broken into screen lines it does not. */
const HUGE_LINE = 100_000;

/** Whether any line is too long to be shown without wrapping. */
export function hasHugeLine(text: string): boolean {
  for (let start = 0; text.length - start > HUGE_LINE; ) {
    const end = text.indexOf('\n', start);
    if (end < 0 || end - start > HUGE_LINE) return true;
    start = end + 1;
  }
  return false;
}
