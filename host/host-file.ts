/**
 * How a command finds the host that is writing a capture: a file in the capture's folder with the host's address. It holds the token, so
 * it is for its user alone (0600). One left by a process that died is taken for none.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const RunningHost = z.object({ pid: z.int().positive(), address: z.string() });
/** `address`: of the workbench, with its token. */
export type RunningHost = z.infer<typeof RunningHost>;

const fileIn = (capture: string) => join(capture, 'host.json');

/** Tells who writes `capture`; disposing takes it back. */
export async function writeHostFile(capture: string, host: RunningHost): Promise<AsyncDisposable> {
  const file = fileIn(capture);
  const temporary = `${file}.${host.pid}`;
  // Renamed into place: a file that others could read, left by something else, must not get the token.
  await rm(temporary, { force: true });
  await writeFile(temporary, JSON.stringify(host), { mode: 0o600, flag: 'wx' });
  await rename(temporary, file);
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Someone else's process: alive.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The host that writes `capture` now, if any. */
export async function readHostFile(capture: string): Promise<RunningHost | undefined> {
  try {
    const found = RunningHost.parse(JSON.parse(await readFile(fileIn(capture), 'utf8')));
    return isAlive(found.pid) ? found : undefined;
  } catch {
    return undefined;
  }
}
