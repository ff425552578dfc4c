/**
 * Linux: who has a TCP connection, from /proc. The tables of connections tell a socket's inode, and the process that has it open is the one
 * with a descriptor of that name. Reads without waiting: it runs in a thread of its own. What it may not read it passes over.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import type { ClientProcess } from './process-finder.ts';

/** Processes that had a connection lately are looked at first. */
const MOST_RECENT = 32;

const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');
/** Octets as the kernel prints an address: words of four, each in the order of a little-endian machine. */
const words = (octets: readonly number[]): string =>
  octets.map((_, i) => hex(octets[(i & ~3) + 3 - (i & 3)] ?? 0, 2)).join('');

/** An address as it stands in /proc/net/tcp, and as in tcp6, where IPv4 may be mapped; none for what is no address of loopback. */
export function tableKeys(address: string): string[] {
  const [, six, a, b, c, port] = /^(?:(\[::1\])|127\.(\d+)\.(\d+)\.(\d+)):(\d+)$/.exec(address) ?? [];
  if (port === undefined) return [];
  const suffix = `:${hex(Number(port), 4)}`;
  if (six !== undefined) return [words([...Array(15).fill(0), 1]) + suffix];
  const four = [127, Number(a), Number(b), Number(c)];
  return [words(four) + suffix, words([...Array(10).fill(0), 255, 255, ...four]) + suffix];
}

/** Inodes of the sockets with these keys, from the text of a table: inode to address. */
export function socketsIn(table: string, wanted: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  // Line by line, and only those that are wanted in parts: the table of a busy machine has megabytes.
  for (let at = table.indexOf('\n') + 1; at > 0 && at < table.length; ) {
    const next = table.indexOf('\n', at);
    const end = next < 0 ? table.length : next;
    const key = table.indexOf(': ', at) + 2;
    const address = wanted.get(table.slice(key, table.indexOf(' ', key)));
    if (address !== undefined) {
      const inode = table.slice(at, end).trim().split(/\s+/)[9] ?? '0';
      // 0: nobody has it open any more.
      if (inode !== '0') found.set(`socket:[${inode}]`, address);
    }
    at = end + 1;
  }
  return found;
}

const orNothing = <T>(read: () => T, nothing: T): T => {
  try {
    return read();
  } catch {
    return nothing;
  }
};

/** A program's name: its file, because what it calls itself may be cut or be anything. */
function nameOf(root: string, id: number): string {
  const file = orNothing(() => basename(readlinkSync(`${root}/${id}/exe`)), '').replace(/ \(deleted\)$/, '');
  return file === '' ? orNothing(() => readFileSync(`${root}/${id}/comm`, 'utf8').trim(), '') : file;
}

export class ProcTables {
  readonly #root: string;
  #recent: number[] = [];

  /** `root` is where the system shows its processes. */
  constructor(root = '/proc') {
    this.#root = root;
  }

  find(addresses: readonly string[]): Map<string, ClientProcess> {
    const wanted = new Map(addresses.flatMap((address) => tableKeys(address).map((key) => [key, address])));
    const sockets = new Map<string, string>();
    for (const table of ['net/tcp', 'net/tcp6']) {
      const text = orNothing(() => readFileSync(`${this.#root}/${table}`, 'latin1'), '');
      for (const [inode, address] of socketsIn(text, wanted)) sockets.set(inode, address);
    }
    const found = new Map<string, ClientProcess>();
    for (const id of sockets.size === 0 ? [] : this.#processes()) {
      const had = sockets.size;
      this.#take(id, sockets, found);
      if (sockets.size < had)
        this.#recent = [id, ...this.#recent.filter((other) => other !== id)].slice(0, MOST_RECENT);
      if (sockets.size === 0) break;
    }
    return found;
  }

  /** In the order in which it is likely that they are the one: a short-lived client is the newest. */
  #processes(): number[] {
    const all = orNothing(() => readdirSync(this.#root), [])
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => b - a);
    const others = all.filter((id) => id !== process.pid && !this.#recent.includes(id));
    return [...this.#recent, ...others, process.pid];
  }

  /** Those of the sockets that the process has. */
  #take(id: number, sockets: Map<string, string>, found: Map<string, ClientProcess>): void {
    const folder = `${this.#root}/${id}/fd`;
    let name: string | undefined;
    for (const descriptor of orNothing(() => readdirSync(folder), [])) {
      const socket = orNothing(() => readlinkSync(`${folder}/${descriptor}`), '');
      const address = sockets.get(socket);
      if (address === undefined) continue;
      sockets.delete(socket);
      name ??= nameOf(this.#root, id);
      if (name !== '') found.set(address, { name, id });
      if (sockets.size === 0) return;
    }
  }
}
