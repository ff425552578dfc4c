/** mitmdump as it comes: no script, no output, its own authority. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, listens } from '../system/ports.ts';
import { howToGet, TOOLS } from '../system/tools.ts';
import { versionOf } from '../system/version-of.ts';
import type { Peer } from './peer.ts';

export const mitmproxy: Peer = {
  name: 'mitmproxy',
  missing: () => (TOOLS.mitmproxy.present() ? undefined : howToGet(TOOLS.mitmproxy)),
  version: async () => `mitmproxy ${await versionOf('mitmdump', '--version')}, default settings`,
  start: async ({ folder, originCa, processes, core }) => {
    const port = await freePort();
    const settings = [`confdir=${folder}`, `ssl_verify_upstream_trusted_ca=${originCa}`, 'flow_detail=0'];
    const program = await processes.start(
      [
        'mitmdump',
        '-q',
        ...['--listen-host', '127.0.0.1', '-p', String(port)],
        ...settings.flatMap((setting) => ['--set', setting]),
      ],
      { core, env: { HOME: folder, TMPDIR: folder } },
    );
    await listens(program, port);
    return {
      route: { proxyPort: port, ca: await readFile(join(folder, 'mitmproxy-ca-cert.pem'), 'utf8') },
      pid: program.pid,
      stop: async () => {
        await program.end();
        return undefined;
      },
    };
  },
};
