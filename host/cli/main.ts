/** The command line: `node host/cli/main.ts …`. Parses arguments; each command is a file in commands/. */
import { Command, CommanderError } from 'commander';
import { VERSION } from '../version.ts';
import { addCa } from './commands/ca.ts';
import { addCheck } from './commands/check.ts';
import { addExport } from './commands/export.ts';
import { addImport } from './commands/import.ts';
import { addList } from './commands/list.ts';
import { addOpen } from './commands/open.ts';
import { addProbe } from './commands/probe.ts';
import { addRecord } from './commands/record.ts';
import { addReplay } from './commands/replay.ts';
import { addShow } from './commands/show.ts';
import { handleClosedPipe, say } from './output.ts';

const program = new Command('sluice')
  .description('An intercepting debugging proxy with a desktop workbench')
  .version(VERSION)
  .showHelpAfterError('(sluice --help tells what is right)')
  .configureOutput({
    outputError: (text, print) => print(text.replace(/^error: (.*)\n/, 'sluice: $1 [usage]\n')),
  })
  .exitOverride();

for (const add of [
  addOpen,
  addRecord,
  addList,
  addShow,
  addExport,
  addImport,
  addReplay,
  addCheck,
  addProbe,
  addCa,
])
  add(program);
for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);

handleClosedPipe();
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // 0 for --help and --version, whose text has been printed; else used wrongly.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
  if (error.code === 'commander.help') say('');
}
