/** `sluice` and `sluice open`: records and opens a window: Electron's, else a browser's; else it prints the address. */
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { findElectron, runElectron } from '../../launchers/electron.ts';
import type { ExitCode } from '../exit.ts';
import { exitWith } from '../exit-code.ts';
import { say } from '../output.ts';
import { hostOptions, type RecordOptions, withRecordOptions } from '../record-options.ts';
import { runHost, type WhenReady } from '../run-host.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const openWindowOf =
  (options: RecordOptions): WhenReady =>
  async (host, stop) => {
    const { openWindow } = await import('../../launchers/open-window.ts');
    const { createProcesses } = await import('../../connect/processes.ts');
    const { dataFolderAt } = await import('../../data-folder.ts');
    const processes = createProcesses();
    const opened = await openWindow({
      address: () => host.newWindowAddress(),
      processes,
      browsersFolder: dataFolderAt(host.dataFolder).browsers,
      flags: hostOptions(options).browserFlags ?? [],
    });
    if (!opened) say(`No window could be opened here; open the workbench in a browser: ${host.uiAddress}`);
    // Closing the window ends the program, as it would with any desktop program.
    else void opened.closed.then(stop);
    return { [Symbol.asyncDispose]: () => processes[Symbol.asyncDispose]() };
  };

async function open(options: RecordOptions): Promise<ExitCode> {
  const electron = options.json ? undefined : findElectron(ROOT);
  if (electron) return (await runElectron(electron, ROOT, process.argv.slice(2))) === 0 ? 0 : 3;
  return runHost(options, openWindowOf(options));
}

export function addOpen(program: Command): void {
  withRecordOptions(program.command('open', { isDefault: true }))
    .option(
      '--findings <file>',
      "what was said of findings; default: the capture's own file, else the data folder's",
    )
    .description('record and open a window (the default)')
    .action((options: RecordOptions) => exitWith(() => open(options)));
}
