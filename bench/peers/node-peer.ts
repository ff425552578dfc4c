/** What the peers that are npm packages share: each is started by a small program of ours that prints its port when it listens. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PeerContext, RunningPeer } from './peer.ts';

/** Starts `script` of this folder with `args`; the authority it presents is in the file `ca`, there once it listens. */
export async function startNodePeer(
  { folder, originCa, processes, core }: PeerContext,
  script: string,
  args: readonly string[],
  ca: string,
): Promise<RunningPeer> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const env = { HOME: folder, TMPDIR: folder, NODE_EXTRA_CA_CERTS: originCa };
  const program = await processes.start([process.execPath, file, ...args], { core, env, cwd: folder });
  return {
    route: { proxyPort: Number(await program.line()), ca: await readFile(ca, 'utf8') },
    pid: program.pid,
    stop: async () => {
      await program.end();
      return undefined;
    },
  };
}
