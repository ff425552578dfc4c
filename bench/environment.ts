/** What a report has to say about the machine and the programs, without saying whose machine it is. */
import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
import type { Peer } from './peers/peer.ts';
import { versionOf } from './system/version-of.ts';

/** Of the checkout; undefined outside one. */
function commit(): string | undefined {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, {
        cwd: import.meta.dirname,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    const changed = git('status', '--porcelain', '--untracked-files=no').trim() !== '';
    return git('rev-parse', '--short', 'HEAD').trim() + (changed ? ' with changes' : '');
  } catch {
    return undefined;
  }
}

/** Rows of the table at the top of the report. */
export async function facts(peers: readonly Peer[]): Promise<[string, string][]> {
  const versions = await Promise.all(
    peers.filter(({ name }) => name !== 'direct').map((peer) => peer.version()),
  );
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  return [
    ['Processor', `${model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`],
    ['System', `${type()} ${release().split('-', 1)[0]}`],
    ['Sluice at', commit() ?? 'unknown commit'],
    ['Proxies', versions.join('; ')],
    ['Origin', `nginx ${await versionOf('nginx', '-v')}, one worker; WebSocket: ws on Node`],
    ['Load', `Node ${process.versions.node}`],
    ['OpenSSL', await versionOf('openssl', 'version')],
  ];
}
