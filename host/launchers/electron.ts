/**
 * Runs the desktop shell instead of this process when Electron's binary is installed. Its npm package fetches that on first use, which
 * fails where only the package registry can be reached; so its files are looked at and the package is never loaded.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Path of the Electron binary of the checkout at `root`, when it and the built shell are there. */
export function findElectron(root: string): string | undefined {
  try {
    const folder = join(root, 'node_modules', 'electron');
    const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(binary) && existsSync(join(root, 'electron', 'dist', 'main.js')) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/** Runs the shell with these arguments until it ends; answers its exit code (3 when a signal ended it). */
export function runElectron(binary: string, root: string, args: readonly string[]): Promise<number> {
  const child = spawn(binary, [root, ...args], { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals) => {
    child.kill(signal);
  };
  process.on('SIGINT', pass).on('SIGTERM', pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('SIGINT', pass).off('SIGTERM', pass);
      resolve(code ?? 3);
    });
  });
}
