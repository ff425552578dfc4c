/** One line on a terminal that says how far something is, written over itself. Where stderr is no terminal nothing is written at all. */

/** Written at most so often. */
const GAP_MS = 100;

export interface ProgressLine extends Disposable {
  show(text: string): void;
  /** Takes it away, so that something else can be written. */
  clear(): void;
}

export function startProgressLine(to: NodeJS.WriteStream = process.stderr): ProgressLine {
  let shown = false;
  let at = Number.NEGATIVE_INFINITY;
  const clear = () => {
    if (shown) to.write('\r\u001b[K');
    shown = false;
  };
  return {
    show(text) {
      const now = performance.now();
      if (!to.isTTY || now - at < GAP_MS) return;
      at = now;
      shown = true;
      to.write(`\r\u001b[K${text}`);
    },
    clear,
    [Symbol.dispose]: clear,
  };
}
