/** Runs a command's work and sets the exit code it ends with; a failure becomes one sentence on stderr. */
import { type ExitCode, errorLine, exitCodeOf } from './exit.ts';
import { say } from './output.ts';

export async function exitWith(work: () => Promise<ExitCode>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    say(errorLine(error));
    process.exitCode = exitCodeOf(error);
  }
}
