/** Windows: who has a TCP connection, as netstat tells it by number, and what that number is called, as tasklist does. */
import type { Commands } from './command-finder.ts';
import type { ClientProcess } from './process-finder.ts';

/** `tasklist /FO CSV /NH`: "curl.exe","4711","Console","1","8,120 K". */
function namesIn(output: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of output.split(/\r?\n/)) {
    const [, name, id] = /^"([^"]+)","(\d+)"/.exec(line) ?? [];
    if (name !== undefined) names.set(Number(id), name.replace(/\.exe$/i, ''));
  }
  return names;
}

/** `netstat -ano`: protocol, local and remote address, state (a word of the system's language), process. */
export function readNetstat([connections = '', tasks = '']: readonly string[]): Map<string, ClientProcess> {
  const names = namesIn(tasks);
  const found = new Map<string, ClientProcess>();
  for (const line of connections.split(/\r?\n/)) {
    const [, local = '', remote = '', number] =
      /^\s*TCP\s+(\S+)\s+(\S+)\s+\S.*?\s+(\d+)\s*$/.exec(line) ?? [];
    const id = Number(number);
    const name = names.get(id);
    // Who listens has no other end.
    if (number !== undefined && name !== undefined && !remote.endsWith(':0')) found.set(local, { name, id });
  }
  return found;
}

export const NETSTAT: Commands = {
  commands: [
    ['netstat', '-ano'],
    ['tasklist', '/FO', 'CSV', '/NH'],
  ],
  read: readNetstat,
};
