/**
 * The rules in force and the file they stand in: read at the start, again whenever the file is saved, and written when the workbench changes them. A file
 * with faults changes nothing: what was in force stays, and the faults are told with their lines.
 */
import { type FSWatcher, watch } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { RulesState } from '#model/contract/rules.ts';
import { SluiceError } from '#model/errors.ts';
import type { Breakpoint } from '#model/rules/paused.ts';
import { NO_RULES, type Rule, RuleSet } from '#model/rules/rule.ts';
import type { Interception } from '#proxy-core/intercept/interception.ts';
import { type Changes, createChanges } from '../rpc/changes.ts';
import type { ScriptStore } from '../scripts/script-store.ts';
import { type FileProblem, placeProblems, problemLines, readRuleText, writeRuleText } from './rule-file.ts';

/** An editor's save is several events. */
const SETTLE_MS = 50;
/** Counts change with the traffic. */
const TALLY_MS = 500;

export interface RuleStore extends AsyncDisposable {
  readonly file: string;
  readonly changes: Changes;
  state(): RulesState;
  /** Puts them in force and writes them. @returns what is wrong with them, in which case nothing has changed */
  save(rules: RuleSet): Promise<readonly FileProblem[]>;
  readonly breakpoints: readonly Breakpoint[];
  /** In place of those that were set before. @throws SluiceError `filter-syntax` */
  setBreakpoints(breakpoints: readonly Breakpoint[]): void;
}

export interface RuleStoreOptions {
  readonly file: string;
  /** The file must be there and without faults; else it may be missing, and faults are only told. */
  readonly demanded: boolean;
  readonly interception: Interception;
  /** Scripts that take part in traffic of their own accord, as rules behind all others; and who minds which scripts rules run. */
  readonly scripts?: Pick<ScriptStore, 'rules' | 'loading' | 'onRewired'>;
  /** Told of every reload: faults with their lines, or none. */
  readonly reloaded?: (problems: readonly FileProblem[], rules: RuleSet) => void;
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new SluiceError('file-unreadable', `The rules in ${file} cannot be read: check the path.`, {
      cause,
    });
  }
}

/** Set by hand, as rules before all others: what is paused is what came. */
const breakRules = (breakpoints: readonly Breakpoint[]): Rule[] =>
  breakpoints.map(({ filter, at }, index) => ({
    name: `breakpoint ${index + 1}: ${filter === '' ? 'everything' : filter}`,
    enabled: true,
    when: filter,
    actions: [{ action: 'break', at }],
  }));

/** @throws SluiceError `bad-rules` naming every faulty line, `file-unreadable` */
export async function openRules({
  file,
  demanded,
  interception,
  scripts,
  reloaded,
}: RuleStoreOptions): Promise<RuleStore> {
  const path = resolve(file);
  const changes = createChanges();
  let text = await readText(path);
  if (text === undefined && demanded)
    throw new SluiceError('file-unreadable', `There is no rule file ${file}.`);
  let rules: RuleSet = NO_RULES;
  let problems: readonly FileProblem[] = [];
  let breakpoints: readonly Breakpoint[] = [];

  /** In force from now on, when nothing is wrong with them. */
  const apply = (next: RuleSet, source: string): readonly FileProblem[] => {
    const together = {
      ...next,
      rules: [...breakRules(breakpoints), ...next.rules, ...(scripts?.rules() ?? [])],
    };
    const load = () => interception.load(together, dirname(path));
    const found = scripts === undefined ? load() : scripts.loading(load);
    // The numbers of rules are those of the file again.
    const own = found.map(({ path: [first, index, ...rest], message }) => ({
      path: first === 'rules' ? [first, Number(index) - breakpoints.length, ...rest] : [],
      message,
    }));
    if (found.length > 0) return placeProblems(source, own);
    rules = next;
    return [];
  };
  const load = (source: string): readonly FileProblem[] => {
    const read = readRuleText(source);
    return read.ok ? apply(read.rules, source) : read.problems;
  };

  problems = text === undefined ? [] : load(text);
  // Scripts run without rules too.
  if (text === undefined || problems.length > 0) apply(rules, '');
  if (problems.length > 0 && demanded) throw new SluiceError('bad-rules', problemLines(file, problems));

  const rewired = scripts?.onRewired(() => void apply(rules, text ?? ''));
  let timer: NodeJS.Timeout | undefined;
  let reading = Promise.resolve();
  let closed = false;
  const reload = async () => {
    const now = await readText(path).catch(() => undefined);
    // Gone for a moment while an editor puts the new one in its place, or for good: what is in force stays.
    if (now === undefined || now === text || closed) return;
    text = now;
    problems = load(now);
    changes.ring();
    reloaded?.(problems, rules);
  };
  const seen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      reading = reading.then(reload);
    }, SETTLE_MS);
  };
  let watcher: FSWatcher | undefined;
  try {
    // The folder, because editors replace the file.
    watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(path)) seen();
    });
    watcher.on('error', () => watcher?.close());
  } catch {
    // A folder that is not there yet has no file that could change.
  }
  let counted = interception.tallies.version;
  const ticking = setInterval(() => {
    if (counted === interception.tallies.version) return;
    counted = interception.tallies.version;
    changes.ring();
  }, TALLY_MS);
  ticking.unref();

  async function write(next: RuleSet): Promise<void> {
    const out = writeRuleText(next, text ?? '');
    try {
      await mkdir(dirname(path), { recursive: true });
      const temporary = `${path}.${process.pid}.tmp`;
      await writeFile(temporary, out, { mode: 0o600 });
      await rename(temporary, path);
      text = out;
    } catch (cause) {
      throw new SluiceError('file-unwritable', `${path} cannot be written: the rules last for this run.`, {
        cause,
      });
    }
  }

  return {
    file: path,
    changes,
    state: () => ({ file: path, rules, problems: [...problems], tallies: interception.tallies.list() }),
    async save(given) {
      const next = RuleSet.parse(given);
      const source = writeRuleText(next, text ?? '');
      const found = apply(next, source);
      if (found.length > 0) return found;
      problems = [];
      changes.ring();
      await write(next);
      return [];
    },
    get breakpoints() {
      return breakpoints;
    },
    setBreakpoints(given) {
      const before = breakpoints;
      breakpoints = given;
      const checked = RuleSet.safeParse({ version: 1, rules: breakRules(given) });
      if (checked.success) apply(rules, text ?? '');
      else {
        breakpoints = before;
        throw new SluiceError(
          'filter-syntax',
          checked.error.issues[0]?.message ?? 'This filter cannot be read.',
        );
      }
      changes.ring();
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      clearTimeout(timer);
      clearInterval(ticking);
      rewired?.[Symbol.dispose]();
      watcher?.close();
      await reading;
    },
  };
}
