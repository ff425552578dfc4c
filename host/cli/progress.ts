/** How far a command is, on one line of a terminal that is written again and again. In a pipe or a log file it says nothing. */
const GAP_MS = 100;
const CLEAR = '\r\u001b[K';

export interface Progress extends Disposable {
  /** One more is done. */
  step(): void;
  /** So much of it is done, where that is not counted in steps. */
  show(done: number, total: number): void;
}

interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): boolean;
}

const NONE: Progress = { step: () => undefined, show: () => undefined, [Symbol.dispose]: () => undefined };

/** `what` stands before the numbers: "Merging"; `total` is that of the steps. The line goes when it is disposed of. */
export function showProgress(what: string, total?: number, terminal: Terminal = process.stderr): Progress {
  if (!terminal.isTTY || total === 0) return NONE;
  let done = 0;
  let last = Number.NEGATIVE_INFINITY;
  const write = (text: string, force: boolean) => {
    const now = performance.now();
    if (now - last < GAP_MS && !force) return;
    last = now;
    terminal.write(`${CLEAR}${what} ${text}`);
  };
  const share = (part: number, whole: number) =>
    `${whole === 0 ? 100 : Math.min(100, Math.floor((part / whole) * 100))} %`;
  return {
    step() {
      done += 1;
      const all = total ?? done;
      write(`${done.toLocaleString('en')} of ${all.toLocaleString('en')} (${share(done, all)})`, done >= all);
    },
    show: (part, whole) => write(share(part, whole), false),
    [Symbol.dispose]: () => void terminal.write(CLEAR),
  };
}
