/**
 * One script file: loaded into a thread of its own while it is on, loaded again when it is told that the file has changed, switched off when a hook of it
 * fails or is slow. What it could not say leaves messages as they were.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { RequestFilterText } from '#model/rules/matcher.ts';
import {
  ConsoleLevel,
  type ConsoleLine,
  problemText,
  type ScriptHook,
  type ScriptProblem,
} from '#model/scripts/script.ts';
import { ActionError } from '#proxy-core/intercept/action-error.ts';
import { GO_ON } from '#proxy-core/intercept/breakpoints.ts';
import type { ScriptMessage, ScriptPort, ScriptSubject } from '#proxy-core/intercept/script-port.ts';
import { BadOutcome, headOutcome, messageOutcome } from './outcome.ts';
import type { Registered } from './prelude.ts';
import type { SandboxLimits } from './sandbox-limits.ts';
import { MAX_SCRIPT_BYTES } from './script-source.ts';
import { type BodySource, type Done, ScriptFault, ScriptThread } from './script-thread.ts';

const MAX_LINES = 500;
const NOTHING: Registered = { hooks: [], columns: [], views: [], unknown: [] };
/** Asked for a body that nobody has. */
const NO_BODY: BodySource = () => Promise.reject(new Error('There is no body here.'));

export interface ScriptOptions {
  readonly file: string;
  readonly limits?: SandboxLimits | undefined;
  /** What it takes part in, or whether it is on, is another. */
  readonly rewired: () => void;
  /** Anything that is shown of it is another. */
  readonly changed: () => void;
  /** Told of each line of its console. */
  readonly said?: (text: string) => void;
}

export class Script implements ScriptPort, AsyncDisposable {
  readonly file: string;
  readonly #name: string;
  readonly #options: ScriptOptions;
  readonly #console: ConsoleLine[] = [];
  #registered = NOTHING;
  #thread: ScriptThread | undefined;
  #loading: Promise<void> | undefined;
  /** Grows with each load, so that an older one that ends later changes nothing. */
  #load = 0;
  #problem: ScriptProblem | undefined;
  #on = false;
  #calls = 0;

  constructor(options: ScriptOptions) {
    this.file = options.file;
    this.#name = basename(options.file);
    this.#options = options;
  }

  get on(): boolean {
    return this.#on;
  }
  get problem(): ScriptProblem | undefined {
    return this.#problem;
  }
  get registered(): Registered {
    return this.#registered;
  }
  get calls(): number {
    return this.#calls;
  }
  get console(): readonly ConsoleLine[] {
    return this.#console;
  }
  get loading(): boolean {
    return this.#loading !== undefined;
  }

  get hooks(): ReadonlySet<ScriptHook> | undefined {
    return this.loading ? undefined : new Set(this.#registered.hooks as ScriptHook[]);
  }

  has(hook: ScriptHook): boolean {
    return this.#on && this.#registered.hooks.includes(hook);
  }

  /** Reads the file and starts it, in place of what ran before. Never rejects: what is wrong is in `problem`. */
  start(): Promise<void> {
    this.#load += 1;
    const load = this.#load;
    this.#on = true;
    const loading = this.#read(load).finally(() => {
      if (this.#load !== load) return;
      this.#loading = undefined;
      this.#options.rewired();
      this.#options.changed();
    });
    this.#loading = loading;
    this.#options.changed();
    return loading;
  }

  /** Resolves once it is known what it takes part in. */
  async settled(): Promise<void> {
    while (this.#loading !== undefined) await this.#loading;
  }

  async #read(load: number): Promise<void> {
    let thread: ScriptThread | undefined;
    try {
      const source = await readSource(this.file);
      if (this.#load !== load) return;
      thread = new ScriptThread(
        source,
        this.#name,
        { console: (...line) => this.say(...line) },
        this.#options.limits,
      );
      const registered = await thread.loaded;
      const problem = registered.problem ?? filterProblem(registered.filter);
      if (problem !== undefined) throw new ScriptFault({ message: problem });
      if (this.#load !== load) return;
      this.#replace(thread);
      thread = undefined;
      this.#registered = registered;
      this.#problem = undefined;
      for (const name of registered.unknown)
        this.say('warn', `"${name}" is exported, and nothing that Sluice calls.`);
    } catch (error) {
      if (this.#load === load) this.#fail(faultOf(error));
    } finally {
      await thread?.[Symbol.asyncDispose]();
    }
  }

  stop(): void {
    this.#load += 1;
    this.#loading = undefined;
    this.#on = false;
    this.#problem = undefined;
    this.#registered = NOTHING;
    this.#replace(undefined);
    this.#options.rewired();
    this.#options.changed();
  }

  #replace(thread: ScriptThread | undefined): void {
    const old = this.#thread;
    this.#thread = thread;
    void old?.[Symbol.asyncDispose]();
  }

  #fail(problem: ScriptProblem): void {
    this.#on = false;
    this.#problem = problem;
    this.#registered = NOTHING;
    this.#replace(undefined);
    this.say('error', `${problemText(this.#name, problem)}. The script is switched off.`);
    if (this.#loading === undefined) this.#options.rewired();
  }

  /** Adds a line to its console. */
  say(level: string, text: string): void {
    const known = ConsoleLevel.safeParse(level);
    this.#console.push({ at: Date.now(), level: known.success ? known.data : 'log', text });
    if (this.#console.length > MAX_LINES) this.#console.shift();
    this.#options.said?.(text);
    this.#options.changed();
  }

  /**
   * Calls a hook, a column or a view. A hook that fails switches the script off, and fails what else was under way; `soft`: what merely throws is told in
   * the console and has no value.
   * @throws ActionError saying so; undefined for a script that has been loaded anew meanwhile, or has no such hook
   */
  async call<T>(
    hook: string,
    input: unknown,
    {
      body = NO_BODY,
      content,
      soft = false,
      read,
    }: { body?: BodySource; content?: Uint8Array; soft?: boolean; read: (done: Done) => T },
  ): Promise<T | undefined> {
    await this.settled();
    const thread = this.#thread;
    if (thread === undefined) {
      if (this.#problem === undefined) return undefined;
      throw new ActionError(`The script is switched off: ${problemText(this.#name, this.#problem)}`);
    }
    this.#calls += 1;
    this.#options.changed();
    try {
      return read(await thread.call(hook, input, body, content));
    } catch (error) {
      // What was asked of an older thread is not the fault of the new one.
      if (thread !== this.#thread) return undefined;
      const problem = faultOf(error);
      if (soft && !thread.broken) {
        this.say('error', problemText(this.#name, problem));
        return undefined;
      }
      this.#fail(problem);
      throw new ActionError(problemText(this.#name, problem));
    }
  }

  async head({ draft, request, session, content }: ScriptSubject) {
    await this.settled();
    const nothing = { resolution: GO_ON, note: {} };
    if (this.#problem === undefined && !this.has(draft.side)) return nothing;
    const { method, target, headers } = request;
    const asked = { method, url: target.url, headers };
    const input =
      draft.side === 'request'
        ? { ...asked, session }
        : { status: draft.status, reason: draft.reason, headers: draft.headers, session, request: asked };
    const came = [...draft.headers];
    const answer = await this.call(draft.side, input, {
      body: async () => new Uint8Array(await content()),
      read: ({ outcome, bytes }) => headOutcome(outcome, bytes, { headers: came, content: draft.content }),
    });
    return answer ?? nothing;
  }

  async message({ direction, text, content, url, session }: ScriptMessage) {
    await this.settled();
    if (!this.has('message')) return GO_ON;
    const said = text ? { text: Buffer.from(content).toString('utf8') } : {};
    const answer = await this.call(
      'message',
      { direction, url, session, ...said },
      { ...(text ? {} : { content }), read: ({ outcome, bytes }) => messageOutcome(outcome, bytes) },
    );
    return answer ?? GO_ON;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#load += 1;
    this.#on = false;
    this.#registered = NOTHING;
    const thread = this.#thread;
    this.#thread = undefined;
    await this.#loading?.catch(() => {});
    this.#loading = undefined;
    await thread?.[Symbol.asyncDispose]();
  }
}

async function readSource(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_SCRIPT_BYTES)
      throw new ScriptFault({ message: `A script has at most ${MAX_SCRIPT_BYTES} bytes.` });
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof ScriptFault) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new ScriptFault({
      message: code === 'ENOENT' ? 'There is no such file.' : `It cannot be read (${code}).`,
    });
  }
}

function filterProblem(filter: string | undefined): string | undefined {
  if (filter === undefined) return undefined;
  const result = RequestFilterText.safeParse(filter);
  return result.success ? undefined : `The filter cannot be used: ${result.error.issues[0]?.message ?? ''}`;
}

function faultOf(error: unknown): ScriptProblem {
  if (error instanceof ScriptFault) return error.problem;
  if (error instanceof BadOutcome)
    return { message: `What it made of the message cannot be sent: ${error.message}` };
  return { message: error instanceof Error ? error.message : String(error) };
}
