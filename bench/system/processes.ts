/**
 * Starts the programs that are measured and those that measure, and ends every one of them: in the ordinary way, and at once when the
 * bench itself has to go. Each gets a process group of its own, so its children go with it. Ends nothing that it did not start.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** How long a program may take to end by itself. */
const PATIENCE_MS = 5000;
/** How much of what a program printed last goes into an error. */
const TAIL = 2000;

type Child = ChildProcessByStdio<null, Readable, Readable>;

interface Ends {
  /** It is gone. */
  readonly ended: Promise<void>;
  /** All that it printed has been read too. */
  readonly closed: Promise<void>;
}

export interface StartOptions {
  /** Core it is bound to, its children with it; undefined: wherever the bench itself runs. */
  readonly core?: number | undefined;
  /** Besides PATH and the like; nothing else of the bench's own environment is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Run as this user. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

export interface Program {
  readonly pid: number;
  /** The next line of its output; rejects with what it said on standard error when it ends first. */
  line(): Promise<string>;
  /** The end of what it printed on standard error. */
  complaint(): string;
  /** Resolves once it has ended. */
  readonly ended: Promise<void>;
  /** Asks it to end with `signal`, insists after some seconds, and resolves when it is gone. */
  end(signal?: 'SIGTERM' | 'SIGINT'): Promise<void>;
}

/** `taskset` binds a program and then becomes it: same process, same id. */
const bound = (core: number | undefined, command: readonly string[]): readonly string[] =>
  core === undefined ? command : ['taskset', '-c', String(core), ...command];

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Gone already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export class Processes implements AsyncDisposable {
  readonly #running = new Map<number, Program>();
  readonly #scopes = new Set<Processes>();

  /** For programs that can be ended together, before the others. */
  scope(): Processes {
    const scope = new Processes();
    this.#scopes.add(scope);
    return scope;
  }

  /** Starts `command`; rejects when there is no such program. */
  async start(command: readonly string[], options: StartOptions = {}): Promise<Program> {
    const [file = '', ...args] = bound(options.core, command);
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...options.env },
      ...(options.cwd ? { cwd: options.cwd } : {}),
      ...options.user,
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    return this.#watch(child, basename(command[0] ?? ''), { ended, closed });
  }

  #watch(child: Child, name: string, { ended, closed }: Ends): Program {
    const pid = child.pid ?? 0;
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint = (complaint + chunk).slice(-TAIL);
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const program: Program = {
      pid,
      ended,
      complaint: () => complaint.trim(),
      line: async () => {
        const { value, done } = await lines.next();
        if (!done) return value;
        await closed;
        throw new Error(`${name} ended: ${complaint.trim() || 'without a word'}`);
      },
      end: async (signal = 'SIGTERM') => {
        if (!this.#running.has(pid)) return ended;
        if (child.exitCode === null && child.signalCode === null) process.kill(pid, signal);
        const insist = setTimeout(() => killGroup(pid, 'SIGKILL'), PATIENCE_MS);
        await ended;
        clearTimeout(insist);
      },
    };
    this.#running.set(pid, program);
    child.once('exit', () => {
      // Children that outlived it have no use, and would hold its pipes open.
      killGroup(pid, 'SIGKILL');
      this.#running.delete(pid);
    });
    return program;
  }

  /** Stops everything where it is (SIGSTOP): it takes no processor time until `resume`. Its connections stay open. */
  pause(): void {
    for (const pid of this.#running.keys()) killGroup(pid, 'SIGSTOP');
  }

  /** Lets what was paused go on. */
  resume(): void {
    for (const pid of this.#running.keys()) killGroup(pid, 'SIGCONT');
  }

  /** Ends everything now, without waiting: for a process that is itself about to exit. */
  endNow(): void {
    for (const pid of this.#running.keys()) killGroup(pid, 'SIGKILL');
    for (const scope of this.#scopes) scope.endNow();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([
      ...[...this.#running.values()].map((program) => program.end()),
      ...[...this.#scopes].map((scope) => scope[Symbol.asyncDispose]()),
    ]);
  }
}
