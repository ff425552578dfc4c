/** Standard output of a command: waits for a slow reader, and ends quietly when the reader of a pipe has seen enough. */
import { once } from 'node:events';

let closed = false;

/** Call once at the start: from then on a closed pipe ends the process with 0, as `sluice list latest | head` should. */
export function handleClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
    process.exit(0);
  });
}

/** Writes and waits until there is room for more. */
export async function write(chunk: string | Uint8Array): Promise<void> {
  if (!closed && !process.stdout.write(chunk)) await once(process.stdout, 'drain');
}

export const writeLine = (text: string): Promise<void> => write(`${text}\n`);

/** For people, beside what a program may be reading from stdout. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** What people should know of a capture that a command has opened: what of it is damaged. */
export function sayNotices({ notices }: { readonly notices: readonly string[] }): void {
  for (const notice of notices) say(`sluice: ${notice}`);
}
