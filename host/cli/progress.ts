/** A line on a terminal that says how far something is. There is none where stderr is no terminal: programs do not want it. */

const EVERY_MS = 100;

export interface ProgressLine extends Disposable {
  show(done: number, total: number): void;
}

interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Disposing takes the line away. */
export function showProgress(what: string, terminal: Terminal = process.stderr): ProgressLine {
  let last = Number.NEGATIVE_INFINITY;
  let shown = false;
  return {
    show(done, total) {
      if (terminal.isTTY !== true || performance.now() - last < EVERY_MS) return;
      last = performance.now();
      shown = true;
      const share = total === 0 ? 100 : Math.floor((done / total) * 100);
      terminal.write(`\r\x1b[K${what}: ${share} %`);
    },
    [Symbol.dispose]() {
      if (shown) terminal.write('\r\x1b[K');
    },
  };
}
