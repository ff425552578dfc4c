/** Which program on this machine has a connection: what every system answers in its own way. Types, and the way for the system at hand. */
import { commandFinder } from './command-finder.ts';
import { LSOF } from './lsof.ts';
import { NETSTAT } from './netstat.ts';
import { procFinder } from './proc-finder.ts';

export interface ClientProcess {
  /** "curl", "firefox", "python3.11": the file name of the program. */
  readonly name: string;
  /** Its number in the system. */
  readonly id: number;
}

export interface ProcessFinder extends AsyncDisposable {
  /**
   * The programs whose end of a connection has one of these addresses, `ip:port` with IPv6 in brackets; those that nobody knows are left
   * out. @throws when the system does not tell
   */
  find(addresses: readonly string[]): Promise<ReadonlyMap<string, ClientProcess>>;
}

/** Undefined on systems of which we do not know how to ask. */
export function processFinder(platform: NodeJS.Platform = process.platform): ProcessFinder | undefined {
  if (platform === 'linux' || platform === 'android') return procFinder();
  if (platform === 'darwin') return commandFinder(LSOF);
  if (platform === 'win32') return commandFinder(NETSTAT);
  return undefined;
}
