/** What the keyboard does with a list of completions, and what the text is when one is taken. Pure. */
import type { Completion, Suggestion } from '#model/filter/complete.ts';

export interface Edit {
  readonly text: string;
  readonly cursor: number;
}

/** The text with the suggestion in place of what was typed of it. A value that is whole is followed by a blank. */
export function taken(
  text: string,
  { start, end }: Pick<Completion, 'start' | 'end'>,
  suggestion: Suggestion,
): Edit {
  const rest = text.slice(end);
  const blank =
    suggestion.kind === 'value' && !/^[\s)]/.test(rest) && !suggestion.text.endsWith(' ') ? ' ' : '';
  const before = text.slice(0, start) + suggestion.text + blank;
  return { text: before + rest, cursor: before.length };
}

/** The mended text of a filter that is wrong in one place. */
export function mended(text: string, start: number, end: number, suggestion: string): Edit {
  const before = text.slice(0, start) + suggestion;
  return { text: before + text.slice(end), cursor: before.length };
}

/** The place in a list of `count` after a key; -1 is none of them. The ends meet, by way of none. */
export function moved(active: number, key: 'ArrowDown' | 'ArrowUp', count: number): number {
  const places = count + 1;
  return ((active + 1 + (key === 'ArrowDown' ? 1 : places - 1)) % places) - 1;
}
