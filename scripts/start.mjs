/**
 * `npm start` and `npm run sluice -- …`: makes the checkout ready, then runs the command line with the arguments given. Runs on Node 18
 * and later; Sluice itself runs on Node 24, in this process when it is one.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodePath, ROOT, setUp, withSetupErrors } from './setup.mjs';

const main = join(ROOT, 'host', 'cli', 'main.ts');
const args = process.argv.slice(2);

function runInChild(node) {
  const child = spawn(node, [main, ...args], { stdio: 'inherit' });
  // A terminal's Ctrl-C reaches the child by itself; a signal sent to this process alone does not.
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 3 : (code ?? 3);
  });
}

await withSetupErrors(async () => {
  setUp();
  const node = nodePath();
  if (node !== process.execPath) return runInChild(node);
  process.argv = [node, main, ...args];
  await import(pathToFileURL(main).href);
});
