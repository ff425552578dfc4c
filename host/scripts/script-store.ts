/**
 * The scripts of a host: those that the command line names, those that rules run, and those in the data folder, which are off until somebody switches them
 * on. Each is loaded again when its file is saved. A script never comes with a capture or an import.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { SluiceError } from '#model/errors.ts';
import type { Rule } from '#model/rules/rule.ts';
import { problemText, type ScriptState } from '#model/scripts/script.ts';
import { ActionError } from '#proxy-core/intercept/action-error.ts';
import type { ScriptPort } from '#proxy-core/intercept/script-port.ts';
import { type Changes, createChanges } from '../rpc/changes.ts';
import { watchFolders } from './file-watch.ts';
import type { SandboxLimits } from './sandbox-limits.ts';
import { Script } from './script.ts';
import { isScriptFile, shortNames } from './script-names.ts';

const ON_FILE = 'on.json';
/** Of its console, in the workbench. */
const LINES_SHOWN = 200;
/** Each is a thread. */
const MAX_SCRIPTS = 50;
const WIRE_HOOKS = ['request', 'response', 'message'] as const;

interface Entry {
  readonly script: Script;
  /** Somebody wants it to run: the command line, or who switched it on. */
  wanted: boolean;
  /** How many actions of rules that are on run it. */
  uses: number;
  /** One of them is of the rule that stands for itself. */
  own: boolean;
  /** The command line named it. */
  readonly fixed: boolean;
}

/** A rule of the rule file runs it. */
const inRules = ({ uses, own }: Entry) => uses > (own ? 1 : 0);

const stateOf = (script: Script): Omit<ScriptState, 'name' | 'fixed'> => ({
  file: script.file,
  on: script.on,
  loading: script.loading,
  hooks: [...(script.hooks ?? [])],
  filter: script.registered.filter ?? '',
  columns: [...script.registered.columns],
  views: [...script.registered.views],
  calls: script.calls,
  ...(script.problem && { problem: script.problem }),
  console: script.console.slice(-LINES_SHOWN),
});

export interface ScriptStoreOptions {
  /** The data folder's. */
  readonly folder: string;
  /** What the command line names; they must be there and load. */
  readonly files?: readonly string[];
  readonly limits?: SandboxLimits;
  /** Told of each line of a console as it comes. */
  readonly said?: (name: string, text: string) => void;
}

export class ScriptStore implements AsyncDisposable {
  readonly folder: string;
  readonly changes: Changes = createChanges();
  readonly #options: ScriptStoreOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #rewired = new Set<() => void>();
  readonly #watch = watchFolders((file) => this.#seen(file));
  #closed = false;

  private constructor(options: ScriptStoreOptions) {
    this.#options = options;
    this.folder = resolve(options.folder);
  }

  /** @throws SluiceError `bad-script` for one of `files` that cannot be used, with its line */
  static async open(options: ScriptStoreOptions): Promise<ScriptStore> {
    const store = new ScriptStore(options);
    try {
      await store.#begin(options.files ?? []);
      return store;
    } catch (error) {
      await store[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #begin(files: readonly string[]): Promise<void> {
    for (const file of files) this.#entry(resolve(file), true).wanted = true;
    const on = await this.#readOn();
    for (const file of await this.#found()) this.#entry(file, false).wanted ||= on.has(basename(file));
    await Promise.all(
      [...this.#entries.values()].filter(({ wanted }) => wanted).map(({ script }) => script.start()),
    );
    for (const { script, fixed } of this.#entries.values()) {
      if (fixed && script.problem !== undefined) {
        throw new SluiceError('bad-script', problemText(script.file, script.problem));
      }
    }
  }

  #entry(file: string, fixed: boolean): Entry {
    const known = this.#entries.get(file);
    if (known !== undefined) return known;
    if (this.#entries.size >= MAX_SCRIPTS) throw new ActionError(`There are ${MAX_SCRIPTS} scripts already.`);
    const { limits, said } = this.#options;
    const script = new Script({
      file,
      limits,
      rewired: () => {
        if (!this.#closed) for (const listener of this.#rewired) listener();
      },
      changed: () => this.changes.ring(),
      ...(said && { said: (text: string) => said(basename(file), text) }),
    });
    const entry = { script, wanted: false, uses: 0, own: false, fixed };
    this.#entries.set(file, entry);
    this.#watch.add(dirname(file));
    return entry;
  }

  async #found(): Promise<string[]> {
    this.#watch.add(this.folder);
    const names = await readdir(this.folder).catch((): string[] => []);
    return names.filter(isScriptFile).map((name) => join(this.folder, name));
  }

  async #readOn(): Promise<Set<string>> {
    try {
      const names: unknown = JSON.parse(await readFile(join(this.folder, ON_FILE), 'utf8'));
      return new Set(Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []);
    } catch {
      return new Set();
    }
  }

  #seen(file: string): void {
    if (this.#closed) return;
    const entry = this.#entries.get(file);
    if (entry !== undefined) {
      if (entry.wanted || inRules(entry)) void entry.script.start();
    } else if (dirname(file) === this.folder && isScriptFile(basename(file)) && existsSync(file)) {
      this.#entry(file, false);
      this.changes.ring();
    }
  }

  /** Called when what rules are to be in force for scripts is another. */
  onRewired(listener: () => void): Disposable {
    this.#rewired.add(listener);
    return { [Symbol.dispose]: () => void this.#rewired.delete(listener) };
  }

  /** Resolves once all that load have loaded. */
  async settled(): Promise<void> {
    await Promise.all(Array.from(this.#entries.values(), ({ script }) => script.settled()));
  }

  /** What it is called among the scripts. */
  readonly nameOf = (script: Script): string =>
    shortNames([...this.#entries.keys()]).get(script.file) ?? script.file;

  get scripts(): readonly Script[] {
    return Array.from(this.#entries.values(), ({ script }) => script);
  }

  /** For `Sources.script`. @throws ActionError */
  port(file: string, wanted: boolean): ScriptPort {
    if (!existsSync(file)) throw new ActionError(`There is no script ${file}.`);
    const entry = this.#entry(resolve(file), false);
    if (wanted) entry.uses += 1;
    if (wanted && !entry.script.on && !entry.script.loading && entry.script.problem === undefined)
      void entry.script.start();
    return entry.script;
  }

  /** Loads rules, during which `port` is asked for what they run; what no rule runs any more ends. `load` gives what is wrong with them. */
  loading<T>(load: () => readonly T[]): readonly T[] {
    const before = new Map(Array.from(this.#entries.values(), (entry) => [entry, entry.uses]));
    for (const entry of before.keys()) entry.uses = 0;
    const problems = load();
    for (const entry of this.#entries.values()) {
      if (problems.length > 0) entry.uses = before.get(entry) ?? 0;
      const { script, wanted } = entry;
      if (!wanted && !inRules(entry) && (script.on || script.problem !== undefined)) script.stop();
    }
    return problems;
  }

  /** A rule for each script that takes part in traffic of its own accord. */
  rules(): Rule[] {
    const names = shortNames([...this.#entries.keys()]);
    return [...this.#entries.values()].flatMap((entry) => {
      const { script, wanted } = entry;
      const { file, registered } = script;
      entry.own = wanted && WIRE_HOOKS.some((hook) => script.has(hook));
      if (!entry.own) return [];
      return [
        {
          name: `script ${names.get(file)}`,
          enabled: true,
          when: registered.filter ?? '',
          actions: [{ action: 'run-script' as const, file }],
        },
      ];
    });
  }

  state(): ScriptState[] {
    const names = shortNames([...this.#entries.keys()]);
    return Array.from(this.#entries.values(), (entry) => ({
      ...stateOf(entry.script),
      name: names.get(entry.script.file) ?? entry.script.file,
      fixed: entry.fixed || inRules(entry),
    }));
  }

  /** @throws SluiceError `not-found` */
  #known(file: string): Entry {
    const entry = this.#entries.get(file);
    if (entry === undefined) throw new SluiceError('not-found', `There is no script ${file} here.`);
    return entry;
  }

  /** @throws SluiceError `not-found`, `file-unwritable` */
  async switch(file: string, on: boolean): Promise<void> {
    const entry = this.#known(file);
    entry.wanted = on;
    if (on) await entry.script.start();
    else entry.script.stop();
    if (dirname(file) === this.folder) await this.#writeOn();
  }

  async #writeOn(): Promise<void> {
    const on = [...this.#entries.values()].filter(
      ({ wanted, script }) => wanted && dirname(script.file) === this.folder,
    );
    await this.#write(
      join(this.folder, ON_FILE),
      `${JSON.stringify(on.map(({ script }) => basename(script.file)))}\n`,
    );
  }

  /** @throws SluiceError `not-found`, `file-unreadable` */
  async source(file: string): Promise<string> {
    this.#known(file);
    return readFile(file, 'utf8').catch((cause) => {
      throw new SluiceError('file-unreadable', `The script ${file} cannot be read: check the path.`, {
        cause,
      });
    });
  }

  /** Writes a script that is known, or a new one of the folder, which is off. @returns its file @throws SluiceError `usage`, `not-found`, `file-unwritable` */
  async save(file: string, text: string): Promise<string> {
    const path = isScriptFile(file) ? join(this.folder, file) : file;
    if (path === file) this.#known(file);
    await this.#write(path, text);
    const fresh = !this.#entries.has(path);
    this.#watch.add(this.folder);
    const entry = this.#entry(path, false);
    if (!fresh && entry.script.problem !== undefined && entry.wanted) await entry.script.start();
    this.changes.ring();
    return path;
  }

  async #write(path: string, text: string): Promise<void> {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const temporary = `${path}.${process.pid}.tmp`;
      await writeFile(temporary, text, { mode: 0o600 });
      await rename(temporary, path);
    } catch (cause) {
      throw new SluiceError('file-unwritable', `${path} cannot be written: check the folder.`, { cause });
    }
  }

  /** Ends a script of the folder, and its file. @throws SluiceError `not-found`, `not-allowed` */
  async remove(file: string): Promise<void> {
    const entry = this.#known(file);
    if (entry.fixed || inRules(entry) || dirname(file) !== this.folder) {
      throw new SluiceError(
        'not-allowed',
        `${file} is run by a rule or the command line: take it out there.`,
      );
    }
    entry.script.stop();
    this.#entries.delete(file);
    await entry.script[Symbol.asyncDispose]();
    await rm(file, { force: true });
    await this.#writeOn();
    this.changes.ring();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#watch[Symbol.dispose]();
    await Promise.all(Array.from(this.#entries.values(), ({ script }) => script[Symbol.asyncDispose]()));
  }
}
