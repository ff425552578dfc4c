/** Programs that Sluice starts for the user (browsers) and ends with itself: each by its own process id. */
import { type ChildProcess, spawn } from 'node:child_process';
import { SluiceError } from '#model/errors.ts';

/** A browser that cannot start says so within this time. */
const EARLY_MS = 800;
const END_MS = 700;

export interface Started {
  readonly pid: number;
  /** Resolves with the exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
}

export interface Processes extends AsyncDisposable {
  /** Starts `path` and resolves when it is likely to stay. @throws SluiceError `no-browser` when it fails at once. */
  start(path: string, args: readonly string[]): Promise<Started>;
}

const late = (ms: number) => {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, ms, 'late');
  });
  return { passed, cancel: () => clearTimeout(timer) };
};

/** A set of processes that ends with its owner. */
export function createProcesses(): Processes {
  const running = new Map<ChildProcess, Promise<number | null>>();

  async function end(child: ChildProcess, exited: Promise<number | null>): Promise<void> {
    child.kill('SIGTERM');
    const limit = late(END_MS);
    if ((await Promise.race([exited, limit.passed])) === 'late') child.kill('SIGKILL');
    limit.cancel();
    await exited;
  }

  return {
    async start(path, args) {
      const child = spawn(path, args, { stdio: 'ignore' });
      const exited = new Promise<number | null>((resolve) => {
        child.once('exit', resolve);
        child.once('error', () => resolve(-1));
      });
      running.set(child, exited);
      void exited.then(() => running.delete(child));
      const limit = late(EARLY_MS);
      const outcome = await Promise.race([exited, limit.passed]);
      limit.cancel();
      // 0 at once: a window was opened in a browser that was running already.
      if (child.pid === undefined || (outcome !== 'late' && outcome !== 0)) {
        throw new SluiceError('no-browser', `${path} did not start: is there a display for its window?`);
      }
      return { pid: child.pid, exited };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...running].map(([child, exited]) => end(child, exited)));
    },
  };
}
