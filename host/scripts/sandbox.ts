/**
 * One script in an interpreter of its own (QuickJS, compiled to WebAssembly): it has the language and what prelude.ts gives it, and no way to files, network,
 * timers, other modules or this process. Memory, stack and processor time are bounded. Knows nothing of threads or traffic.
 */
import { getQuickJS, type QuickJSContext, type QuickJSHandle, type QuickJSRuntime } from 'quickjs-emscripten';
import { textOf } from '#proxy-core/intercept/body-text.ts';
import { prelude, type Registered } from './prelude.ts';
import { LIMITS, type SandboxLimits } from './sandbox-limits.ts';
import type { RawFault } from './script-fault.ts';

export interface SandboxEvents {
  console(level: string, text: string): void;
  /** A hook waits for this body; see `deliver`. */
  want(call: number, side: string): void;
  /** `outcome` is JSON that a script may have written: believe nothing of it. */
  settle(call: number, outcome: string, bytes: Uint8Array | undefined): void;
  fail(call: number, fault: RawFault): void;
}

const PRELUDE = 'sluice:prelude';
/** Jobs between two looks at the clock. */
const JOBS = 1000;
const MAX_FAULT_TEXT = 4000;

/** Of this thread where that can be told: on a busy machine a script is not to blame for what others take. */
const spentMs: () => number =
  typeof process.threadCpuUsage === 'function'
    ? () => {
        const { user, system } = process.threadCpuUsage();
        return (user + system) / 1000;
      }
    : () => performance.now();

const limitFault = (message: string, stack = ''): RawFault => ({ name: 'Limit', message, stack });

export class Sandbox {
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #events: SandboxEvents;
  readonly #limits: SandboxLimits;
  readonly #entrances: QuickJSHandle;
  /** Calls under way, and how many bodies each waits for. */
  readonly #calls = new Map<number, number>();
  #until = 0;
  #overrun = false;

  private constructor(runtime: QuickJSRuntime, events: SandboxEvents, limits: SandboxLimits) {
    this.#runtime = runtime;
    this.#events = events;
    this.#limits = limits;
    runtime.setMemoryLimit(limits.memoryBytes);
    runtime.setMaxStackSize(limits.stackBytes);
    runtime.setInterruptHandler(() => {
      this.#overrun ||= spentMs() > this.#until;
      return this.#overrun;
    });
    runtime.setModuleLoader((name) => ({
      error: new TypeError(
        `a script stands in one file: "${name}" cannot be imported; types can, by import type`,
      ),
    }));
    this.#context = runtime.newContext();
    this.#arm(limits.loadMs);
    this.#entrances = this.#start();
  }

  static async open(events: SandboxEvents, limits: SandboxLimits = LIMITS): Promise<Sandbox> {
    const module = await getQuickJS();
    return new Sandbox(module.newRuntime(), events, limits);
  }

  #arm(ms: number): void {
    this.#until = spentMs() + ms;
  }

  #start(): QuickJSHandle {
    const context = this.#context;
    const host = context.newObject();
    const out = (name: string, run: (...args: QuickJSHandle[]) => void) => {
      const made = context.newFunction(name, (...args) => void run(...args));
      context.setProp(host, name, made);
      made.dispose();
    };
    const text = (handle: QuickJSHandle | undefined) =>
      handle === undefined ? '' : context.getString(handle);
    const number = (handle: QuickJSHandle | undefined) =>
      handle === undefined ? 0 : context.getNumber(handle);
    out('console', (level, line) => this.#events.console(text(level), text(line)));
    out('want', (call, side) => {
      const id = number(call);
      this.#calls.set(id, (this.#calls.get(id) ?? 0) + 1);
      this.#events.want(id, text(side));
    });
    out('settle', (call, outcome, bytes) => {
      if (!this.#calls.delete(number(call))) return;
      this.#events.settle(number(call), text(outcome), bytes && this.#octets(bytes));
    });
    out('fail', (call, error) => {
      if (!this.#calls.delete(number(call))) return;
      const fault = readFault(text(error));
      this.#events.fail(number(call), this.#overrun ? this.#slow(fault.stack) : fault);
    });
    const made = context.unwrapResult(context.evalCode(`(${prelude.toString()})`, PRELUDE));
    const entrances = context.unwrapResult(context.callFunction(made, context.undefined, host));
    made.dispose();
    host.dispose();
    return entrances;
  }

  /** A copy; undefined for what is no buffer. */
  #octets(handle: QuickJSHandle): Uint8Array | undefined {
    if (this.#context.typeof(handle) !== 'object') return undefined;
    using lifetime = this.#context.getArrayBuffer(handle);
    return lifetime.value.slice();
  }

  /** Evaluates the script. @returns what it takes part in, or what is wrong with it */
  load(source: string, file: string): Registered | RawFault {
    const context = this.#context;
    this.#arm(this.#limits.loadMs);
    const result = context.evalCode(source, file, { type: 'module', strict: true });
    if (result.error) return this.#thrown(result.error);
    const jobs = this.#runJobs();
    if (jobs !== undefined) return jobs;
    const state = context.getPromiseState(result.value);
    if (state.type === 'pending') return limitFault('The script waits for something that never comes.');
    if (state.type === 'rejected') return this.#thrown(state.error);
    const answer = this.#enter('register', state.value);
    return typeof answer === 'object' ? answer : (JSON.parse(answer) as Registered);
  }

  /** Calls a hook. What becomes of it the events tell, once. @returns a fault after which the sandbox is of no use */
  call(call: number, hook: string, input: string, content?: Uint8Array): RawFault | undefined {
    this.#calls.set(call, 0);
    this.#arm(this.#limits.callMs);
    const context = this.#context;
    const args = [context.newNumber(call), context.newString(hook), this.#text(input), this.#buffer(content)];
    return this.#after(this.#enter('call', ...args));
  }

  /** Brings a body that was wanted; `problem`: why there is none. Text is what it is as text, if that can be. */
  deliver(call: number, side: string, body: Uint8Array | undefined, problem = ''): RawFault | undefined {
    const wants = this.#calls.get(call);
    if (wants === undefined) return undefined;
    this.#calls.set(call, wants - 1);
    this.#arm(this.#limits.callMs);
    const context = this.#context;
    const text = body === undefined ? '' : JSON.stringify(decoded(body));
    const args = [
      context.newNumber(call),
      context.newString(side),
      this.#text(text),
      this.#buffer(body),
      this.#text(problem),
    ];
    return this.#after(this.#enter('deliver', ...args));
  }

  /** Strings end at NUL on their way in; JSON has none. */
  #text(text: string): QuickJSHandle {
    return this.#context.newString(text);
  }

  #buffer(bytes: Uint8Array | undefined): QuickJSHandle {
    if (bytes === undefined) return this.#context.undefined;
    return this.#context.newArrayBuffer(new Uint8Array(bytes).buffer);
  }

  #enter(name: string, ...args: QuickJSHandle[]): string | RawFault {
    const context = this.#context;
    using entrance = context.getProp(this.#entrances, name);
    const result = context.callFunction(entrance, context.undefined, ...args);
    for (const arg of args) if (arg !== context.undefined) arg.dispose();
    if (result.error) return this.#thrown(result.error);
    const value = context.typeof(result.value) === 'string' ? context.getString(result.value) : '';
    result.value.dispose();
    return value;
  }

  #after(entered: string | RawFault): RawFault | undefined {
    if (typeof entered === 'object') return entered;
    const fault = this.#runJobs();
    if (fault !== undefined) return fault;
    // Only a body that comes can wake a hook. Where none is on its way, nothing ever will.
    if (this.#calls.size === 0 || [...this.#calls.values()].some((wants) => wants > 0)) return undefined;
    for (const call of [...this.#calls.keys()]) {
      this.#calls.delete(call);
      this.#events.fail(call, limitFault('The hook waits for something that never comes.'));
    }
    return undefined;
  }

  #runJobs(): RawFault | undefined {
    for (;;) {
      const done = this.#runtime.executePendingJobs(JOBS);
      if (done.error) return this.#thrown(done.error);
      const count = done.value;
      done.dispose();
      if (this.#overrun || spentMs() > this.#until) return this.#slow('');
      if (count === 0) return undefined;
    }
  }

  #slow(stack: string): RawFault {
    return limitFault(`The script took more than ${this.#limits.callMs} ms of processor time.`, stack);
  }

  /** Reads and disposes of an error. Getters of it run in the sandbox, under its limits. */
  #thrown(handle: QuickJSHandle): RawFault {
    const context = this.#context;
    const part = (name: string) => {
      using value = context.getProp(handle, name);
      return context.typeof(value) === 'string' ? context.getString(value).slice(0, MAX_FAULT_TEXT) : '';
    };
    try {
      if (context.typeof(handle) !== 'object')
        return { name: 'Thrown', message: context.getString(handle).slice(0, MAX_FAULT_TEXT), stack: '' };
      const fault = { name: part('name'), message: part('message'), stack: part('stack') };
      return this.#overrun ? this.#slow(fault.stack) : fault;
    } finally {
      handle.dispose();
    }
  }
}

/** UTF-8, or one unit per octet where it is not that. */
const decoded = (body: Uint8Array): string => {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  return textOf(bytes)?.text ?? bytes.toString('latin1');
};

function readFault(json: string): RawFault {
  try {
    const { name, message, stack } = JSON.parse(json) as Record<string, unknown>;
    return { name: String(name), message: String(message), stack: String(stack) };
  } catch {
    return { name: 'Error', message: 'An error that cannot be shown.', stack: '' };
  }
}
