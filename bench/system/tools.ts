/**
 * The programs that the bench needs besides Node: finds them, and as root installs what is missing from Debian's archive. Services of
 * what it installs are not started. Plain tests need none of this, so it is not part of the set-up.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Tool {
  readonly name: string;
  readonly present: () => boolean;
  /** Package that brings it. */
  readonly debian: string;
}

/** Where Debian puts what it thinks is for administrators. */
const MORE_FOLDERS = ['/usr/sbin', '/sbin'];
const POLICY = '/usr/sbin/policy-rc.d';

/** Squid's helper that makes certificates; only the build with OpenSSL has it. */
export const CERTGEN = '/usr/lib/squid/security_file_certgen';

export function onPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export const TOOLS = {
  nginx: { name: 'nginx', present: () => onPath('nginx'), debian: 'nginx' },
  openssl: { name: 'openssl', present: () => onPath('openssl'), debian: 'openssl' },
  taskset: { name: 'taskset', present: () => onPath('taskset'), debian: 'util-linux' },
  squid: {
    name: 'Squid with OpenSSL',
    present: () => onPath('squid') && existsSync(CERTGEN),
    debian: 'squid-openssl',
  },
  mitmproxy: { name: 'mitmdump', present: () => onPath('mitmdump'), debian: 'mitmproxy' },
} satisfies Record<string, Tool>;

/** Lets the programs in the administrators' folders be found by this process and those it starts. */
export function widenPath(): void {
  process.env.PATH = [process.env.PATH ?? '', ...MORE_FOLDERS].join(delimiter);
}

/** While `act` runs, installing a package does not start its service (invoke-rc.d(8)); a policy that is there already stays. */
function withoutServices(act: () => void): void {
  const own = !existsSync(POLICY);
  if (own) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    act();
  } finally {
    if (own) rmSync(POLICY, { force: true });
  }
}

/** One sentence about what is missing. */
export const howToGet = ({ name, debian }: Tool): string =>
  `${name} is not installed (Debian, as root: apt-get install ${debian}).`;

/** Installs what is missing where that is possible; says what it does. Whether it worked is seen by looking for the tools again. */
export function installMissing(tools: readonly Tool[], say: (text: string) => void): void {
  const missing = tools.filter((tool) => !tool.present());
  const root = process.getuid?.() === 0;
  if (missing.length === 0 || !root || !onPath('apt-get')) return;
  const packages = missing.map((tool) => tool.debian);
  say(`Installing ${packages.join(', ')} with apt…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env });
  withoutServices(() => {
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...packages);
  });
}
