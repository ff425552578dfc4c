/** How far a command is, on one line of a terminal that is written again and again. In a pipe or a log file it says nothing. */
const GAP_MS = 100;

export interface Progress extends Disposable {
  /** One more is done. */
  step(): void;
}

interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): boolean;
}

/** `what` stands before the numbers: "Merging". The line goes when it is disposed of. */
export function showProgress(what: string, total: number, terminal: Terminal = process.stderr): Progress {
  if (!terminal.isTTY || total === 0) return { step: () => undefined, [Symbol.dispose]: () => undefined };
  let done = 0;
  let last = 0;
  const clear = '\r\u001b[K';
  return {
    step() {
      done += 1;
      const now = performance.now();
      if (now - last < GAP_MS && done < total) return;
      last = now;
      const share = Math.min(100, Math.floor((done / total) * 100));
      terminal.write(
        `${clear}${what} ${done.toLocaleString('en')} of ${total.toLocaleString('en')} (${share} %)`,
      );
    },
    [Symbol.dispose]: () => void terminal.write(clear),
  };
}
