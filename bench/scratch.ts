/** What a measurement needs of the machine for a while: a folder and processes. However it ends, neither is left behind. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Processes } from './system/processes.ts';

export interface Scratch {
  readonly folder: string;
  readonly processes: Processes;
}

/** Once a process: its end is what clears up. */
export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const processes = new Processes();
  process.once('exit', () => {
    processes.endNow();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(130));
  return { folder, processes };
}
