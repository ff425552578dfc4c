/** Runs a command's work and sets the exit code it ends with; a failure becomes one sentence on stderr, of a filter with its place. */
import { FilterSyntaxError } from '../filter-text.ts';
import { caretLines } from './caret.ts';
import { type ExitCode, errorLine, exitCodeOf } from './exit.ts';
import { say } from './output.ts';

export async function exitWith(work: () => Promise<ExitCode>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    say(errorLine(error));
    if (error instanceof FilterSyntaxError) say(caretLines(error.text, error.problem));
    process.exitCode = exitCodeOf(error);
  }
}
