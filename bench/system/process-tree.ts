/** What a program and all its children hold of memory and have used of the processor, as Linux tells under /proc. Reads, changes nothing. */
import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ, which is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

export interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** Processor time used, user and system, s. */
  readonly cpuSeconds: number;
}

/** Reads a line of /proc/PID/stat (proc(5)). The name stands in parentheses and may itself hold blanks and parentheses. */
export function parseStat(line: string): ProcessStat {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return {
    pid: Number.parseInt(line, 10),
    parent: Number(fields[1]),
    cpuSeconds: ticks / TICKS_PER_SECOND,
  };
}

/** The resident set in bytes, of the text of /proc/PID/status; 0 for a process that has no memory any more. */
export function parseResident(status: string): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kilobytes) * 1024;
}

/** Undefined when the process has just ended. */
function read(pid: number | string, file: 'stat' | 'status'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return undefined;
  }
}

/** Those of `all` that are `root` or descend from it. */
export function descendants(all: readonly ProcessStat[], root: number): ProcessStat[] {
  const tree = all.filter((one) => one.pid === root);
  for (const one of tree) tree.push(...all.filter((other) => other.parent === one.pid));
  return tree;
}

function tree(root: number): ProcessStat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const line = read(name, 'stat');
      return line === undefined ? [] : [parseStat(line)];
    });
  return descendants(all, root);
}

/** Bytes resident, the whole tree together; pages that two of them share count twice. */
export const residentBytes = (root: number): number =>
  tree(root).reduce((sum, { pid }) => sum + parseResident(read(pid, 'status') ?? ''), 0);

/** Processor time of the whole tree so far, s. */
export const cpuSeconds = (root: number): number => tree(root).reduce((sum, one) => sum + one.cpuSeconds, 0);
