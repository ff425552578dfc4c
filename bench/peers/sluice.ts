/** Sluice itself, from outside: `sluice record` with a data folder of its own, Node as `npm start` starts it. It records everything to disk, as it does for its users. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Processes } from '../system/processes.ts';
import { versionOf } from '../system/version-of.ts';
import type { Peer } from './peer.ts';

const MAIN = fileURLToPath(new URL('../../host/cli/main.ts', import.meta.url));

/** What `npm start` gives Node: the words of its script between `node` and the file. */
function nodeFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return String(scripts.start).split(' ').slice(1, -1);
}

export const SLUICE = 'sluice';

/** How many lines `sluice list --json` prints. */
async function listed(processes: Processes, capture: string): Promise<number> {
  const program = await processes.start([process.execPath, MAIN, 'list', capture, '--json']);
  let count = 0;
  try {
    for (;;) {
      await program.line();
      count += 1;
    }
  } catch {
    // Its output has ended.
  }
  return count;
}

/** Sluice with the engine called `engine`; undefined: the one it takes by itself. */
export const sluice = (engine: string | undefined): Peer => ({
  name: SLUICE,
  records: true,
  missing: () => undefined,
  version: async () => {
    const version = await versionOf(process.execPath, MAIN, '--version');
    return `Sluice ${version}, ${engine === undefined ? 'default engine' : `engine ${engine}`}, recording to disk`;
  },
  start: async ({ folder, originCa, processes, core }) => {
    const options = ['--json', '--port', '0', '--data', join(folder, 'data'), '--upstream-ca', originCa];
    const program = await processes.start(
      [
        process.execPath,
        ...nodeFlags(),
        MAIN,
        'record',
        ...options,
        ...(engine === undefined ? [] : ['--engine', engine]),
      ],
      { core, env: { HOME: folder, TMPDIR: folder } },
    );
    const ready = JSON.parse(await program.line());
    return {
      route: {
        proxyPort: Number(String(ready.proxy).split(':').at(-1)),
        ca: await readFile(ready.ca, 'utf8'),
      },
      pid: program.pid,
      stop: async (list) => {
        const last = program.line();
        await program.end('SIGINT');
        const { sessions } = JSON.parse(await last);
        return { counted: sessions, listed: list ? await listed(processes, ready.capture) : undefined };
      },
    };
  },
});
