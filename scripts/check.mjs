/**
 * `npm run check`: everything that can be said of the sources without running them. All checks run side by side; each prints a line, and
 * a failing one its output.
 */
import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodePath, ROOT, setUp, withSetupErrors } from './setup.mjs';

const bin = (name) => join(ROOT, 'node_modules', '.bin', name);

/** Name, command, arguments. */
const CHECKS = [
  ['types: back end', bin('tsc'), ['-p', '.']],
  ['types: model', bin('tsc'), ['-p', 'model']],
  ['types: workbench', bin('tsc'), ['-p', 'renderer']],
  ['types: e2e', bin('tsc'), ['-p', 'e2e']],
  ['types: example scripts', bin('tsc'), ['-p', 'docs/scripts']],
  ['lint, layers, format', bin('biome'), ['ci', '--error-on-warnings', '--max-diagnostics=50', '.']],
  ['lint configuration', 'node', ['scripts/lint-config.mjs', '--check']],
  ['twin tests', 'node', ['scripts/twin-tests.mjs']],
];

function runCheck([name, command, args]) {
  const started = performance.now();
  return new Promise((resolve) => {
    const node = nodePath();
    const path = `${join(ROOT, 'node_modules', 'node', 'bin')}${delimiter}${process.env.PATH}`;
    const child = spawn(command === 'node' ? node : command, args, {
      cwd: ROOT,
      env: { ...process.env, PATH: path },
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      output += data;
    });
    child.on('error', (error) => resolve({ name, passed: false, output: error.message, ms: 0 }));
    child.on('close', (code) => {
      resolve({ name, passed: code === 0, output, ms: performance.now() - started });
    });
  });
}

/** Runs every check, as many at once as there are cores; answers how many passed and failed. */
export async function check() {
  const waiting = [...CHECKS];
  const results = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const result = await runCheck(next);
      console.log(`${result.passed ? 'ok  ' : 'FAIL'} ${result.name} (${(result.ms / 1000).toFixed(1)} s)`);
      if (!result.passed) console.log(result.output.trimEnd());
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(CHECKS.length, cpus().length) }, lane));
  const failed = results.filter((result) => !result.passed).length;
  return { passed: results.length - failed, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await withSetupErrors(async () => {
    setUp();
    const { failed } = await check();
    if (failed > 0) process.exitCode = 1;
  });
}
