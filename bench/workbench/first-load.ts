/** What the workbench's page loads before it can start: scripts named in its HTML, compressed as a server would send them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Scripts and modules fetched ahead, by their addresses, in the order of the page. */
export const firstScripts = (html: string): string[] => [
  ...new Set([...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, address = '']) => address)),
];

/** Bytes. `folder` is the built workbench. */
export function firstLoadBytes(folder: string): number {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  return firstScripts(html)
    .map((address) => gzipSync(readFileSync(join(folder, address))).length)
    .reduce((sum, bytes) => sum + bytes, 0);
}
