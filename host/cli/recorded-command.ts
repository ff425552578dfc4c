/**
 * A command whose traffic is recorded: started with the variables that send it through the proxy, ended with the recording, and with all
 * that it started. What it writes goes to standard error where standard output is for a report.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { SluiceError } from '#model/errors.ts';
import { clientEnvironment, type ProxyFacts } from '../connect/client-environment.ts';

/** How long a command that is told to end may take. */
const END_MS = 700;
const STDIN = 0;
const STDERR = 2;

export interface RecordedCommand extends AsyncDisposable {
  /** Why it failed, in words; undefined while it runs, when it did well, and when it was ended by us. */
  readonly failure: string | undefined;
}

/** In a process group of its own, but for those at a terminal, which need the terminal's. */
const ownGroup = () => process.platform !== 'win32' && !isatty(STDIN);

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (ownGroup()) process.kill(-child.pid, name);
    else child.kill(name);
  } catch {
    // Ended already.
  }
}

const inWords = (code: number | null, by: NodeJS.Signals | null) =>
  by === null ? `ended with ${code}` : `was ended by ${by} (${128 + (constants.signals[by] ?? 0)})`;

/** Starts it; `onEnd` is called when it has ended by itself. @throws SluiceError `usage` when it cannot be started */
export async function startCommand(
  [program = '', ...args]: readonly string[],
  facts: ProxyFacts,
  quiet: boolean,
  onEnd: () => void,
): Promise<RecordedCommand> {
  const child = spawn(program, args, {
    env: { ...process.env, ...clientEnvironment(facts) },
    stdio: ['inherit', quiet ? STDERR : 'inherit', 'inherit'],
    detached: ownGroup(),
  });
  let ended = false;
  let stopped = false;
  let failure: string | undefined;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, by) => {
      ended = true;
      if (!stopped && code !== 0) failure = `The command ${program} ${inWords(code, by)}`;
      resolve();
      onEnd();
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => {
      reject(new SluiceError('usage', `${program} cannot be started: ${cause.message}.`, { cause }));
    });
  });
  return {
    get failure() {
      return failure;
    },
    async [Symbol.asyncDispose]() {
      stopped = true;
      const limit = ended ? undefined : setTimeout(() => signal(child, 'SIGKILL'), END_MS);
      // Of a command that has ended, what it left behind.
      signal(child, 'SIGTERM');
      if (!ended) await exited;
      clearTimeout(limit);
    },
  };
}
