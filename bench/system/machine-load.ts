/** How much of the machine other programs used meanwhile: figures taken beside a busy neighbour are worth less, and a report says so. */
import { readFileSync } from 'node:fs';

/** Clock ticks, as Linux counts them. */
export interface Ticks {
  /** Of all processors together: all there was, and what programs used (interrupts not counted, stolen time included). */
  readonly all: number;
  readonly used: number;
  /** Of this process and its children that have ended. */
  readonly own: number;
}

/** Reads /proc/stat and /proc/self/stat (proc(5)). */
export function parseTicks(machine: string, self: string): Ticks {
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = machine
    .slice(machine.indexOf('cpu ') + 4)
    .trim()
    .split(/\s+/, 8)
    .map(Number);
  const used = user + nice + system + steal;
  const own = self
    .slice(self.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .reduce((sum, ticks) => sum + Number(ticks), 0);
  return { all: used + idle + iowait + irq + softirq, used, own };
}

export const machineTicks = (): Ticks =>
  parseTicks(readFileSync('/proc/stat', 'latin1'), readFileSync('/proc/self/stat', 'latin1'));

/** Above this the figures are not to be trusted. */
const MUCH = 0.05;

/** One sentence about the time between two looks. */
export function neighbours(from: Ticks, to: Ticks): string {
  const others = Math.max(0, to.used - from.used - (to.own - from.own)) / Math.max(1, to.all - from.all);
  const told = `Other programs used ${Math.round(others * 100)} % of this machine’s processor time during the run`;
  return others > MUCH ? `${told}: **figures are disturbed**.` : `${told}.`;
}
