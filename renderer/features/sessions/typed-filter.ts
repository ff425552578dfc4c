/**
 * Filters as they are typed, parsed in the window. What judges regular expressions is large and needed by few filters, so it is loaded
 * when the first one is typed; until then a pattern passes here, and nothing with a pattern is put in force.
 */
import { type Parsed, parseAlone } from '#model/filter/parser.ts';
import type { PatternCheck } from '#model/filter/pattern-check.ts';

let check: PatternCheck | undefined;

/** Whether the text may have a pattern in it that cannot be judged yet. */
export const awaitsPatterns = (text: string): boolean => check === undefined && text.includes('~');

export async function loadPatterns(): Promise<void> {
  const { checkPattern } = await import('#model/filter/pattern.ts');
  check = checkPattern;
}

export const parseTyped = (text: string): Parsed =>
  parseAlone(text, { check: check ?? (() => undefined), now: Date.now() });
