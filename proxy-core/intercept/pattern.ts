/** Patterns of rules: RE2, which takes time in proportion to the text whatever it is asked. */
import { RE2JS, RE2JSSyntaxException } from 're2js';
import { ActionError } from './action-error.ts';

/** @throws ActionError saying what is wrong with it */
export function compilePattern(text: string): RE2JS {
  try {
    return RE2JS.compile(text);
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    throw new ActionError(`The regular expression is not valid: ${error.message}`);
  }
}
