/**
 * Regular expressions that people supply: RE2 (re2js), which takes time in proportion to the text whatever the pattern. Upper and lower
 * case are the same unless the pattern says (?-i).
 */
import { RE2JS, RE2JSSyntaxException } from 're2js';
import { type PatternCheck, provideEngine } from './pattern-check.ts';

const FLAGS = RE2JS.CASE_INSENSITIVE;
/** What re2js calls itself in its messages. */
const PREFIX = /^error parsing regexp: /;

export const checkPattern: PatternCheck = (pattern) => {
  try {
    RE2JS.compile(pattern, FLAGS);
    return undefined;
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return error.message.replace(PREFIX, '');
    return error instanceof Error ? error.message : String(error);
  }
};

provideEngine(checkPattern);

/** Whether a text has the pattern in it. A pattern that is none is in no text. */
export function patternTest(pattern: string): (text: string) => boolean {
  if (checkPattern(pattern) !== undefined) return () => false;
  const compiled = RE2JS.compile(pattern, FLAGS);
  return (text) => compiled.matcher(text).find();
}
