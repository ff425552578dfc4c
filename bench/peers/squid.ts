/** Squid with ssl-bump, as fast as it goes: one worker, nothing cached, nothing logged. It stores nothing of what passes. */
import { execFileSync } from 'node:child_process';
import { chown, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, listens } from '../system/ports.ts';
import { CERTGEN, howToGet, TOOLS } from '../system/tools.ts';
import { versionOf } from '../system/version-of.ts';
import type { Peer, PeerContext } from './peer.ts';

const configuration = ({ folder, originCa }: PeerContext, port: number) => `
http_port 127.0.0.1:${port} ssl-bump generate-host-certificates=on dynamic_cert_mem_cache_size=16MB tls-cert=${folder}/ca.pem tls-key=${folder}/ca.key
sslcrtd_program ${CERTGEN} -s ${folder}/certificates -M 16MB
sslcrtd_children 4 startup=1 idle=1
tls_outgoing_options cafile=${originCa}
ssl_bump bump all
http_access allow all
http_upgrade_request_protocols websocket allow all
cache deny all
cache_mem 0 MB
memory_pools off
access_log none
cache_log ${folder}/cache.log
cache_store_log none
pid_filename none
coredump_dir ${folder}
workers 1
max_filedescriptors 65536
visible_hostname bench.test
shutdown_lifetime 0 seconds
client_idle_pconn_timeout 1 hour
pinger_enable off
icp_port 0
`;

/** Squid refuses to work as root, so it gets the user that Debian made for it. */
function squidUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (what: string) => Number(execFileSync('id', [what, 'proxy'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export const squid: Peer = {
  name: 'squid',
  missing: () => (TOOLS.squid.present() ? undefined : howToGet(TOOLS.squid)),
  version: async () => `Squid ${await versionOf('squid', '-v')}, ssl-bump, one worker, no cache, no log`,
  start: async (context) => {
    const { folder, authority, processes, core } = context;
    const port = await freePort();
    const user = squidUser();
    const files = {
      'squid.conf': configuration(context, port),
      'ca.pem': await readFile(authority.cert, 'utf8'),
      'ca.key': await readFile(authority.key, 'utf8'),
    };
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(folder, name), text, { mode: 0o600 });
      if (user) await chown(join(folder, name), user.uid, user.gid);
    }
    if (user) await chown(folder, user.uid, user.gid);
    const database = [CERTGEN, '-c', '-s', join(folder, 'certificates'), '-M', '16MB'];
    await (await processes.start(database, { user })).ended;
    const command = ['squid', '-N', '-f', join(folder, 'squid.conf')];
    const program = await processes.start(command, { core, user, cwd: folder });
    await listens(program, port);
    return {
      route: { proxyPort: port, ca: files['ca.pem'] },
      pid: program.pid,
      stop: async () => {
        await program.end();
        return undefined;
      },
    };
  },
};
