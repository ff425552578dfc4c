/** Asks a program for its version. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The first version number in what `command` prints, on either stream. */
export async function versionOf(command: string, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await run(command, args);
  const [, version = '(unknown version)'] = /(\d+\.\d+[\w.+-]*)/.exec(stdout + stderr) ?? [];
  return version;
}

/** The version of an npm package that is installed here. */
export function packageVersion(name: string): string {
  const file = fileURLToPath(new URL(`../../node_modules/${name}/package.json`, import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8')).version;
}
