/** Filter-language text to a syntax tree, regular expressions judged: what all but the workbench's typing line use. */
import type { FilterResult } from './ast.ts';
import { parseAlone } from './parser.ts';
import { checkPattern } from './pattern.ts';

/**
 * Parses a filter's text; "" selects everything. Times of day are of the day of `now`. Never throws: what is wrong comes back with its
 * place in the text.
 */
export function parseFilter(text: string, now = Date.now()): FilterResult {
  return parseAlone(text, { check: checkPattern, now });
}
