/** Sluice itself, from outside: `sluice record` with a data folder of its own, Node as `npm start` starts it. It records everything to disk, as it does for its users. */
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Processes } from '../system/processes.ts';
import { versionOf } from '../system/version-of.ts';
import type { Peer } from './peer.ts';

const MAIN = fileURLToPath(new URL('../../host/cli/main.mjs', import.meta.url));

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

export const SLUICE_RULES = 'sluice-200-rules';
const RULES = 200;

/** Half of them for other hosts, half for this one and other methods, paths or URLs: none of them matches. */
function manyRules(): string {
  const conditions = (i: number) =>
    [
      `host=h${i}.test`,
      `host:*.zone${i}.test path:/api`,
      `host=bench.test method=PATCH path:/${i}`,
      `method=DELETE`,
    ][i % 4];
  const rules = Array.from(
    { length: RULES },
    (_, i) =>
      `  - name: rule ${i}\n    when: '${conditions(i)}'\n    actions: [{ action: set-header, name: X-Rule, value: '${i}' }]\n`,
  );
  return `version: 1\nrules:\n${rules.join('')}`;
}

/** The same beside a set of rules as a team may have it. */
export const sluiceWithRules: Peer = {
  ...peerOf(SLUICE_RULES, [], manyRules()),
  scenarios: ['https-1kb'],
};

/** Sluice with the engine called `engine`; undefined: the one it takes by itself. */
export const sluice = (engine: string | undefined): Peer => ({
  ...peerOf(SLUICE, engine === undefined ? [] : ['--engine', engine]),
  version: async () => {
    const version = await versionOf(process.execPath, MAIN, '--version');
    return `Sluice ${version}, ${engine === undefined ? 'default engine' : `engine ${engine}`}, recording to disk`;
  },
});

function peerOf(name: string, more: readonly string[], rules?: string): Peer {
  return {
    name,
    records: true,
    missing: () => undefined,
    version: async () => `Sluice ${await versionOf(process.execPath, MAIN, '--version')}, recording to disk`,
    start: async ({ folder, originCa, processes, core }) => {
      const options = ['--json', '--port', '0', '--data', join(folder, 'data'), '--upstream-ca', originCa];
      const file = join(folder, 'bench.rules.yaml');
      if (rules !== undefined) await writeFile(file, rules);
      const ruled = rules === undefined ? [] : ['--rules', file];
      const program = await processes.start(
        [process.execPath, ...nodeFlags(), MAIN, 'record', ...options, ...more, ...ruled],
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
  };
}
