/** macOS: who has a TCP connection, as lsof tells it, a field a line. */
import { basename } from 'node:path';
import type { Commands } from './command-finder.ts';
import type { ClientProcess } from './process-finder.ts';

/** What `lsof -F pcn` prints: a process (p), its command (c), and for each of its files the name (n): "127.0.0.1:50000->127.0.0.1:8866". */
export function readLsof([output = '']: readonly string[]): Map<string, ClientProcess> {
  const found = new Map<string, ClientProcess>();
  let id = 0;
  let name = '';
  for (const line of output.split('\n')) {
    const value = line.slice(1);
    if (line.startsWith('p')) {
      id = Number(value);
      name = '';
    } else if (line.startsWith('c')) {
      // Blanks and what is not ASCII stand as \x20.
      name = basename(
        value.replace(/\\x([0-9a-f]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
      );
    } else if (line.startsWith('n')) {
      const [local = '', remote] = value.split('->');
      if (remote !== undefined && name !== '') found.set(local, { name, id });
    }
  }
  return found;
}

/** +c0: names in full. lsof fails where it finds nothing, which is as good as no answer. */
export const LSOF: Commands = {
  commands: [['lsof', '-nP', '+c0', '-iTCP', '-sTCP:ESTABLISHED', '-Fpcn']],
  read: readLsof,
};
