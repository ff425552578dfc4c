/** The command line as a program that can be run more than once in a process: what main.mjs runs, and tests. Each command is a file in commands/. */
import { Command, CommanderError } from 'commander';
import { VERSION } from '../version.ts';
import { say } from './output.ts';

/** By name, in the order in which the help lists them. Loaded when it is asked for: what a command does not need does not make it wait. */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  open: async () => (await import('./commands/open.ts')).addOpen,
  record: async () => (await import('./commands/record.ts')).addRecord,
  list: async () => (await import('./commands/list.ts')).addList,
  show: async () => (await import('./commands/show.ts')).addShow,
  stats: async () => (await import('./commands/stats.ts')).addStats,
  search: async () => (await import('./commands/search.ts')).addSearch,
  export: async () => (await import('./commands/export.ts')).addExport,
  import: async () => (await import('./commands/import.ts')).addImport,
  merge: async () => (await import('./commands/merge.ts')).addMerge,
  split: async () => (await import('./commands/split.ts')).addSplit,
  diff: async () => (await import('./commands/diff.ts')).addDiff,
  replay: async () => (await import('./commands/replay.ts')).addReplay,
  check: async () => (await import('./commands/check.ts')).addCheck,
  probe: async () => (await import('./commands/probe.ts')).addProbe,
  mock: async () => (await import('./commands/mock.ts')).addMock,
  rules: async () => (await import('./commands/rules.ts')).addRules,
  ca: async () => (await import('./commands/ca.ts')).addCa,
  compact: async () => (await import('./commands/compact.ts')).addCompact,
  verify: async () => (await import('./commands/verify.ts')).addVerify,
};

/** With the command that `args` begin with, or with all of them. */
async function createProgram([first = '']: readonly string[]): Promise<Command> {
  const program = new Command('sluice')
    .description('An intercepting debugging proxy with a desktop workbench')
    .version(VERSION)
    .showHelpAfterError('(sluice --help tells what is right)')
    .configureOutput({
      outputError: (text, print) => print(text.replace(/^error: (.*)\n/, 'sluice: $1 [usage]\n')),
    })
    .exitOverride();
  const named = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  const wanted = named === undefined ? Object.values(COMMANDS) : [named];
  for (const add of await Promise.all(wanted.map((load) => load()))) add(program);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  return program;
}

/** Runs a command to its end; the exit code is then in `process.exitCode`. */
export async function runProgram(args: readonly string[]): Promise<void> {
  try {
    await (await createProgram(args)).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // 0 for --help and --version, whose text has been printed; else used wrongly.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    if (error.code === 'commander.help') say('');
  }
}
