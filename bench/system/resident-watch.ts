/** Watches how much memory a program and its children hold while something happens to them. */
import { residentBytes } from './process-tree.ts';

const EVERY_MS = 100;

export interface ResidentWatch extends Disposable {
  /** The most seen so far, bytes. */
  peak(): number;
}

/** Looks at once, then ten times a second until it is disposed of. */
export function watchResident(resident: () => number): ResidentWatch {
  let peak = resident();
  const look = () => {
    peak = Math.max(peak, resident());
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    peak: () => {
      look();
      return peak;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** The same for a process by its id; 0 where there is none. */
export const residentOf = (pid: number | undefined) => () => (pid === undefined ? 0 : residentBytes(pid));
