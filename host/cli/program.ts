/** The command line as a program that can be run more than once in a process: what main.ts runs, and tests. Each command is a file in commands/. */
import { Command, CommanderError } from 'commander';
import { VERSION } from '../version.ts';
import { addCa } from './commands/ca.ts';
import { addCheck } from './commands/check.ts';
import { addCompact } from './commands/compact.ts';
import { addExport } from './commands/export.ts';
import { addImport } from './commands/import.ts';
import { addList } from './commands/list.ts';
import { addOpen } from './commands/open.ts';
import { addProbe } from './commands/probe.ts';
import { addRecord } from './commands/record.ts';
import { addReplay } from './commands/replay.ts';
import { addShow } from './commands/show.ts';
import { addStats } from './commands/stats.ts';
import { addVerify } from './commands/verify.ts';
import { say } from './output.ts';

const COMMANDS = [
  addOpen,
  addRecord,
  addList,
  addShow,
  addStats,
  addExport,
  addImport,
  addReplay,
  addCheck,
  addProbe,
  addCa,
  addCompact,
  addVerify,
];

function createProgram(): Command {
  const program = new Command('sluice')
    .description('An intercepting debugging proxy with a desktop workbench')
    .version(VERSION)
    .showHelpAfterError('(sluice --help tells what is right)')
    .configureOutput({
      outputError: (text, print) => print(text.replace(/^error: (.*)\n/, 'sluice: $1 [usage]\n')),
    })
    .exitOverride();
  for (const add of COMMANDS) add(program);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  return program;
}

/** Runs a command to its end; the exit code is then in `process.exitCode`. */
export async function runProgram(args: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // 0 for --help and --version, whose text has been printed; else used wrongly.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    if (error.code === 'commander.help') say('');
  }
}
