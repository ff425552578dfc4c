/** How many files a process may hold open: thousands of idle connections need more than the usual. */
import { spawnSync } from 'node:child_process';

const WANTED = 65_536;

/** Raises the limit of this process and of all it starts; without the right to, the limit stays, and scenarios report what they reached. */
export function raiseFileLimit(): void {
  spawnSync('prlimit', [`--nofile=${WANTED}:${WANTED}`, '--pid', String(process.pid)]);
}
