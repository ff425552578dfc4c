/**
 * Runs a program of this checkout with the right Node: in this process when it is new enough, else in a child of its own. Dependency-free,
 * for Node 18 and later.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodePath, ROOT } from './setup.mjs';

/**
 * The flags of this process (package.json says which) are the program's. What a proxy has passed on are buffers outside V8's heap, which go
 * when its young generation is full: a small one is full soon. And as these buffers count as growth of the old generation, a first limit for
 * that spares us a full collection for every 30 MB that pass.
 */
function runInChild(node, main, args) {
  const child = spawn(node, [...process.execArgv, main, ...args], { stdio: 'inherit' });
  // A terminal's Ctrl-C reaches the child by itself; a signal sent to this process alone does not.
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 3 : (code ?? 3);
  });
}

/** Runs `path` (its parts, from the root of the checkout) with the arguments of this process. */
export async function runMain(...path) {
  const main = join(ROOT, ...path);
  const args = process.argv.slice(2);
  const node = nodePath();
  if (node !== process.execPath) return runInChild(node, main, args);
  process.argv = [node, main, ...args];
  await import(pathToFileURL(main).href);
}
