/** The command line: `node host/cli/main.mjs …`. Plain JavaScript: for one file with types the compiler that strips them would be loaded. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Before anything else is loaded. Without it every thread strips types anew, which takes time and a compiler of 10 MB into its memory.
// Beside the packages, not in a folder for temporary files, where others could put code for us to run.
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/sluice', import.meta.url));
enableCompileCache(CACHE);
// Worker threads read it from the environment.
process.env.NODE_COMPILE_CACHE ??= CACHE;

const { handleClosedPipe } = await import('./output.ts');
const { runProgram } = await import('./program.ts');

handleClosedPipe();
await runProgram(process.argv.slice(2));
