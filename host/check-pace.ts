/**
 * How many sessions may be checked while the proxy works: few when the thread that forwards traffic is busy, ever more when it is not, and
 * never none. Pure: it is told how busy the thread was and answers with a number.
 */

/** Length of the slices of time that the pace is set for: traffic that begins waits no longer than this for the checks to give way. */
export const SLICE_MS = 20;

/** Share of the time that the thread had work, above which checks give way, and below which they may take more. */
const BUSY = 0.6;
const CALM = 0.4;
/** 20 sessions a second: what is waiting is checked in the end, however long the load lasts. */
const LEAST = 0.4;
/** More than the checks can do in a slice: no limit. */
const MOST = 100;
/** Where it begins: traffic may be about to. */
const FIRST = 4;
const GROWTH = 1.5;

export interface CheckPace {
  /** Sessions that may begin to be checked in a slice; less than 1 is one in several slices. */
  readonly perSlice: number;
  /** Sets the pace for the next slice; `utilisation` of the thread is 0 (idle) to 1. */
  look(utilisation: number): void;
}

/** Falls to the least when busy and grows by half when calm: it yields at once, and finds again what there is room for in a third of a second. */
export function createCheckPace(): CheckPace {
  let perSlice = FIRST;
  return {
    get perSlice() {
      return perSlice;
    },
    look(utilisation) {
      if (utilisation > BUSY) perSlice = LEAST;
      else if (utilisation < CALM) perSlice = Math.min(MOST, perSlice * GROWTH);
    },
  };
}
