/**
 * One script in a worker thread: calls go in, what became of them comes out, each once. A thread that breaks, or is closed, fails what was under way; it is
 * not started again. Knows nothing of rules or files.
 */
import { Worker } from 'node:worker_threads';
import type { ScriptProblem } from '#model/scripts/script.ts';
import { guardCpu } from './cpu-guard.ts';
import type { Registered } from './prelude.ts';
import type { FromScript, ScriptWorkerOptions, ToScript } from './protocol.ts';
import { LIMITS, type SandboxLimits } from './sandbox-limits.ts';

/** From source the worker is TypeScript, in a bundle JavaScript. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
/** Beside the sandbox, whose memory is its own. */
const HEAP_MB = 64;
/** Deep recursion in the interpreter is recursion in WebAssembly. */
const STACK_MB = 4;
/** Of its processor time, without a word, times what a hook may take: for what interrupts do not reach. */
const STUCK_AFTER = 3;

/** Why a call was not done; the script is to be switched off for it. */
export class ScriptFault extends Error {
  readonly problem: ScriptProblem;
  constructor(problem: ScriptProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

export interface Done {
  /** JSON. */
  readonly outcome: string;
  readonly bytes: Uint8Array | undefined;
}

/** @throws for a body that is not to be had */
export type BodySource = (side: string) => Promise<Uint8Array>;

interface Pending {
  readonly body: BodySource;
  readonly resolve: (done: Done) => void;
  readonly reject: (fault: ScriptFault) => void;
}

export interface ThreadEvents {
  console(level: string, text: string): void;
}

export class ScriptThread implements AsyncDisposable {
  /** What it takes part in. Rejects with a ScriptFault. */
  readonly loaded: Promise<Registered>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #waiting = new Set<number>();
  readonly #guard: Disposable;
  #settle: { resolve: (registered: Registered) => void; reject: (fault: ScriptFault) => void } | undefined;
  #calls = 0;
  #words = 0;
  #broken: ScriptProblem | undefined;

  constructor(source: string, name: string, events: ThreadEvents, limits: SandboxLimits = LIMITS) {
    const { promise, resolve, reject } = Promise.withResolvers<Registered>();
    this.loaded = promise;
    promise.catch(() => {});
    this.#settle = { resolve, reject };
    this.#worker = new Worker(WORKER, {
      workerData: { source, name, limits } satisfies ScriptWorkerOptions,
      // Taking the types out is new in Node, which says so every time.
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, stackSizeMb: STACK_MB },
    });
    this.#worker.unref();
    this.#worker.on('message', (message: FromScript) => this.#take(message, events));
    this.#worker.on('error', (error) =>
      this.#break({ message: `The script's thread ended: ${error.message}` }),
    );
    this.#guard = guardCpu(
      this.#worker,
      () => {
        const asked = this.#settle !== undefined || this.#pending.size > this.#waiting.size;
        return asked ? this.#words : undefined;
      },
      Math.max(limits.callMs, limits.loadMs) * STUCK_AFTER,
      () => this.#break({ message: 'The script does not come back from what it does, and was ended.' }),
    );
  }

  /** Nothing more can be asked of it. */
  get broken(): boolean {
    return this.#broken !== undefined;
  }

  /** @throws ScriptFault */
  call(hook: string, input: unknown, body: BodySource, content?: Uint8Array): Promise<Done> {
    const broken = this.#broken;
    if (broken !== undefined) return Promise.reject(new ScriptFault(broken));
    this.#calls += 1;
    const call = this.#calls;
    return new Promise((resolve, reject) => {
      this.#pending.set(call, { body, resolve, reject });
      this.#send({ type: 'call', call, hook, input: JSON.stringify(input), content });
    });
  }

  #send(message: ToScript): void {
    this.#words += 1;
    this.#worker.postMessage(message);
  }

  #take(message: FromScript, events: ThreadEvents): void {
    this.#words += 1;
    switch (message.type) {
      case 'console':
        events.console(message.level, message.text);
        return;
      case 'loaded':
        this.#settle?.resolve(message.registered);
        this.#settle = undefined;
        return;
      case 'broken':
        this.#break(message.problem);
        return;
      case 'want':
        void this.#bring(message.call, message.side);
        return;
      case 'done':
        this.#end(message.call)?.resolve({ outcome: message.outcome, bytes: message.bytes });
        return;
      case 'failed':
        this.#end(message.call)?.reject(new ScriptFault(message.problem));
    }
  }

  async #bring(call: number, side: string): Promise<void> {
    const source = this.#pending.get(call)?.body;
    if (source === undefined) return;
    this.#waiting.add(call);
    let message: ToScript;
    try {
      message = { type: 'body', call, side, body: await source(side) };
    } catch (error) {
      message = { type: 'body', call, side, problem: error instanceof Error ? error.message : String(error) };
    }
    this.#waiting.delete(call);
    if (this.#broken === undefined) this.#send(message);
  }

  #end(call: number): Pending | undefined {
    const pending = this.#pending.get(call);
    this.#pending.delete(call);
    this.#waiting.delete(call);
    return pending;
  }

  #break(problem: ScriptProblem): void {
    if (this.#broken !== undefined) return;
    this.#broken = problem;
    this.#guard[Symbol.dispose]();
    this.#settle?.reject(new ScriptFault(problem));
    this.#settle = undefined;
    for (const call of [...this.#pending.keys()]) this.#end(call)?.reject(new ScriptFault(problem));
    void this.#worker.terminate();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#break({ message: 'The script was ended.' });
    await this.#worker.terminate();
  }
}
