/**
 * Which core runs the proxy and which everything else, so that a proxy is compared by what it can do with one core and not by what the
 * scheduler did. Binds with taskset; where there is no second core or no taskset, nothing is bound and the report says so.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Placement {
  /** Core of the proxy under test, its workers included. */
  readonly proxy: number | undefined;
  /** One sentence for the report. */
  readonly told: string;
}

/** The cores in a list as Linux writes it, `0-3,8`. */
export function parseCoreList(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** Cores this process may run on. */
function allowed(): number[] {
  const [, list = '0'] =
    /^Cpus_allowed_list:\s+(\S+)$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
  return parseCoreList(list);
}

/** Binds this process, and so what it starts, to the second core; the first is the proxy's. */
export function place(): Placement {
  const [proxy, other] = allowed();
  if (proxy === undefined || other === undefined) {
    return { proxy: undefined, told: 'There is one core: proxy, load and origin shared it.' };
  }
  const bind = spawnSync('taskset', ['-a', '-c', '-p', String(other), String(process.pid)]);
  if (bind.status !== 0) {
    return { proxy: undefined, told: 'There is no taskset: proxy, load and origin ran wherever they liked.' };
  }
  return {
    proxy,
    told: 'The proxy with its workers and children was bound to one core, load and origin to another.',
  };
}
