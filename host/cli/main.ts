/** The command line: `node host/cli/main.ts …`. */
import { handleClosedPipe } from './output.ts';
import { runProgram } from './program.ts';

handleClosedPipe();
await runProgram(process.argv.slice(2));
