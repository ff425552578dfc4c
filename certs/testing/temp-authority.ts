/** Authorities in folders of their own that vanish with the test, and the programs that judge them. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import type { Authority } from '../authority.ts';
import { openAuthority } from '../open-authority.ts';

export const run = promisify(execFile);

/** A new folder, removed when the test that asks for it has finished. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-certs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface TempAuthority {
  readonly authority: Authority;
  readonly directory: string;
}

/** An authority in a new folder whose parent is new too. */
export async function tempAuthority(now: () => Date = () => new Date()): Promise<TempAuthority> {
  const directory = join(await tempFolder(), 'authority');
  return { authority: await openAuthority({ directory, now, machineName: 'test machine' }), directory };
}

/** Whether this machine has the program; tests that cannot do without say so and are skipped. */
export function hasProgram(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
